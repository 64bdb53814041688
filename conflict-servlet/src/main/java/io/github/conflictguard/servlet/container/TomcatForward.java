package io.github.conflictguard.servlet.container;

/** The detection of Tomcat's own closing of the writer at the end of a forward. */
public final class TomcatForward {

  private TomcatForward() {}

  /** Returns whether Tomcat is getting the writer now, through any wrappers. */
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
