package io.github.conflictguard.servlet.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;

/** What in front of the filter puts every page into the frame of the application. */
public final class Decorator {

  private Decorator() {}

  /**
   * Returns whether SiteMesh is going to decorate the answer to a request: it leaves a mark in an
   * attribute, under another name in each of its versions.
   */
  public static boolean isInFront(HttpServletRequest request) {
    for (Enumeration<String> names = request.getAttributeNames(); names.hasMoreElements(); ) {
      if (names.nextElement().toLowerCase(Locale.ROOT).contains("sitemesh")) {
        return true;
      }
    }
    return false;
  }
}
