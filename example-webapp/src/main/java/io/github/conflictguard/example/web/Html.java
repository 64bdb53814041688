package io.github.conflictguard.example.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The escaping of text for HTML, which applies to every value and every address on a page. */
public final class Html {

  private Html() {}

  /** Returns the address of a page of the application, escaped, with the session of its user. */
  public static String link(HttpServletRequest request, HttpServletResponse response, String path) {
    return escape(response.encodeURL(request.getContextPath() + path));
  }

  /** Returns the value for use between tags and in quoted attributes; null becomes empty. */
  public static String escape(Object value) {
    if (value == null) {
      return "";
    }
    return value
        .toString()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
