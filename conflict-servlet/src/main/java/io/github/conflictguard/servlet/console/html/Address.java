package io.github.conflictguard.servlet.console.html;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;

/** The addresses of pages of the monitor, relative to each other. */
public final class Address {

  private Address() {}

  /** Returns the address of a page with parameters, which come as name, value, name, value. */
  public static String of(String page, String... parameters) {
    StringBuilder address = new StringBuilder(page);
    for (int i = 0; i + 1 < parameters.length; i += 2) {
      address.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      address.append(encoded(parameters[i + 1]));
    }
    return address.toString();
  }

  private static String encoded(String text) {
    try {
      return URLEncoder.encode(text, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("Every Java platform has UTF-8", e);
    }
  }
}
