package io.github.conflictguard.servlet.container;

/** Tells Tomcat's closing of the writer at the end of a forward from the application's calls. */
public final class TomcatForward {

  private TomcatForward() {}

  /** Returns whether it is Tomcat that takes the writer just now, through whatever wrappers. */
  public static boolean isEnding() {
    boolean inGetter = false;
    for (StackTraceElement caller : new Throwable().getStackTrace()) {
      if (caller.getMethodName().equals("getWriter")) {
        inGetter = true;
      } else if (inGetter) {
        return caller.getClassName().startsWith("org.apache.catalina.core.ApplicationDispatcher");
      }
    }
    return false;
  }
}
