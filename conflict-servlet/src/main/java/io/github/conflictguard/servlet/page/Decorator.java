package io.github.conflictguard.servlet.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;

/**
 * Detects page decorators in front of the filter, which wrap every page in the layout of the
 * application.
 */
public final class Decorator {

  private Decorator() {}

  /**
   * Returns whether SiteMesh will decorate the response to a request: it sets a request attribute,
   * whose name differs between its versions.
   */
  public static boolean isInFront(HttpServletRequest request) {
    return isMarked(request, "");
  }

  /**
   * Returns whether the decorator may pass the page on undecorated because of its error status:
   * SiteMesh 3 does so unless it is configured to include error pages.
   */
  public static boolean mayLeaveOutErrors(HttpServletRequest request) {
    return isMarked(request, "sitemesh.") || isMarked(request, "org.sitemesh.");
  }

  private static boolean isMarked(HttpServletRequest request, String prefix) {
    for (Enumeration<String> names = request.getAttributeNames(); names.hasMoreElements(); ) {
      String name = names.nextElement().toLowerCase(Locale.ROOT);
      if (name.startsWith(prefix) && name.contains("sitemesh")) {
        return true;
      }
    }
    return false;
  }
}
