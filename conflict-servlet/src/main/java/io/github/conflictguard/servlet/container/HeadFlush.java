package io.github.conflictguard.servlet.container;

/**
 * The detection of a flush by the base class of servlets during HEAD: up to Servlet 5, Tomcat's
 * class runs the handler of GET and drops the body, and flushes once that exceeds the buffer. The
 * application has not requested that flush, and GET would not be flushed there.
 */
public final class HeadFlush {

  /** Enough frames for a few wrappers between the base class and the filter. */
  private static final int NEAR = 32;

  private HeadFlush() {}

  /** Returns whether such a flush is in progress; called only for HEAD. */
  public static boolean isGoingOn() {
    StackTraceElement[] stack = new Throwable().getStackTrace();
    for (int i = 0; i < Math.min(NEAR, stack.length); i++) {
      if (stack[i].getClassName().endsWith(".NoBodyOutputStream")) {
        return true;
      }
    }
    return false;
  }
}
