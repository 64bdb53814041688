package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletResponse;

/**
 * WebSphere and Open Liberty flush the response whenever a servlet has returned, as the servlet
 * itself might have done. That says nothing of what the application wants.
 */
public final class WebSphereFlush {

  private WebSphereFlush() {}

  /** Whether it is the container that flushes the response just now. */
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
