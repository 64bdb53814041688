package io.github.conflictguard.example.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** A parser of identifiers in URLs and forms. */
public final class Id {

  /** A single spelling for each number, so that each resource has one URL. */
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private Id() {}

  /**
   * Returns the identifier after the servlet's own path, as in {@code /api/customers/7}.
   *
   * @throws ClientErrorException (404) if there is not a number
   */
  public static long inPath(HttpServletRequest request) {
    return inPath(request, "");
  }

  /**
   * Returns the identifier between the servlet's own path and the suffix, as in {@code
   * /api/orders/7/ship}.
   *
   * @throws ClientErrorException (404) if there is not a number
   */
  public static long inPath(HttpServletRequest request, String suffix) {
    String path = request.getPathInfo();
    String number = path.substring(0, path.length() - suffix.length()).replaceFirst("^/", "");
    return parse(number);
  }

  /**
   * Returns the identifier in the parameter {@code id}.
   *
   * @throws ClientErrorException (404) if there is not a number
   */
  public static long inParameter(HttpServletRequest request) {
    return parse(Form.text(request, "id"));
  }

  private static long parse(String text) {
    if (text == null || !NUMBER.matcher(text).matches()) {
      throw ClientErrorException.notFound("there is nothing at this address");
    }
    return Long.parseLong(text);
  }
}
