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
    return isMarked(request, "");
  }

  /**
   * Returns whether the decorator may pass the page on as it is, because its status is that of an
   * error: SiteMesh 3 does so unless it is configured to include error pages.
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
