package io.github.conflictguard.servlet.probe;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Map;

/**
 * Distinguishes addresses that are mapped to a servlet of the application from all others. An
 * internal GET reaches servlets only. Where a filter serves a page or rewrites its address, the
 * container's own response to that address is meaningless.
 */
public final class ApplicationServlets {

  private ApplicationServlets() {}

  /**
   * Returns whether a servlet of the application is mapped to an address.
   *
   * @param path inside the web application, decoded
   */
  public static boolean answerAt(ServletContext context, String path) {
    Map<String, ? extends ServletRegistration> servlets;
    try {
      servlets = context.getServletRegistrations();
    } catch (RuntimeException e) {
      // Some containers allow the call during start-up only.
      return false;
    }
    for (ServletRegistration servlet : servlets.values()) {
      if (!isOfContainer(servlet)) {
        for (String pattern : servlet.getMappings()) {
          if (matches(pattern, path)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isOfContainer(ServletRegistration servlet) {
    return "default".equals(servlet.getName())
        || String.valueOf(servlet.getClassName()).endsWith(".DefaultServlet");
  }

  /** Matches as defined in the Servlet specification, 12.2. */
  private static boolean matches(String pattern, String path) {
    if (pattern.equals("/") || pattern.equals("/*")) {
      return true;
    }
    if (pattern.endsWith("/*")) {
      String folder = pattern.substring(0, pattern.length() - 2);
      return path.equals(folder) || path.startsWith(folder + '/');
    }
    return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
  }
}
