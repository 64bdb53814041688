package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletResponse;

/**
 * The detection of flushes by WebSphere and Open Liberty, which flush the response when a servlet
 * has returned. Such a flush looks like one of the servlet, but the application has not requested
 * it.
 */
public final class WebSphereFlush {

  private WebSphereFlush() {}

  /** Returns whether the container is flushing the response now. */
  public static boolean isGoingOn(ServletResponse response) {
    if (!isOfContainer(TomcatResponses.innermost(response).getClass().getName())) {
      return false;
    }
    boolean flushing = false;
    for (StackTraceElement caller : new Throwable().getStackTrace()) {
      if (caller.getMethodName().equals("flushBuffer")) {
        flushing = true;
      } else if (flushing) {
        return isOfContainer(caller.getClassName());
      }
    }
    return false;
  }

  private static boolean isOfContainer(String className) {
    return className.startsWith("com.ibm.ws.") || className.startsWith("io.openliberty.");
  }
}
