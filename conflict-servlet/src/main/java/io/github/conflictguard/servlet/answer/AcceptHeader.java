package io.github.conflictguard.servlet.answer;

import java.util.Enumeration;
import java.util.Locale;

/** Distinguishes browsers from programs by the {@code Accept} header (RFC 9110, 12.5.1). */
final class AcceptHeader {

  private AcceptHeader() {}

  /**
   * Returns whether the client prefers a page: HTML is listed explicitly, and JSON is not preferred
   * to it. A wildcard alone does not count, because programs send it.
   */
  static boolean prefersHtml(Enumeration<String> lines) {
    double html = 0;
    double json = 0;
    while (lines.hasMoreElements()) {
      for (String element : lines.nextElement().split(",", -1)) {
        String type = element.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
          html = Math.max(html, quality(element));
        } else if (type.equals("application/json") || type.equals("application/problem+json")) {
          json = Math.max(json, quality(element));
        }
      }
    }
    return html > 0 && html >= json;
  }

  private static double quality(String element) {
    for (String parameter : element.toLowerCase(Locale.ROOT).split(";", -1)) {
      String trimmed = parameter.trim();
      if (trimmed.startsWith("q=")) {
        try {
          return Double.parseDouble(trimmed.substring(2).trim());
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
