package io.github.conflictguard.servlet.container;

/**
 * Recognises a flush that the base class of servlets makes while it answers HEAD: up to Servlet 5
 * Tomcat's runs the handler of GET and drops the body, and flushes once that is longer than the
 * buffer. The application has not asked for it, and GET would not be flushed there.
 */
public final class HeadFlush {

  /** Enough frames for a few wrappers between the base class and the filter. */
  private static final int NEAR = 32;

  private HeadFlush() {}

  /** Whether the flush that is going on is one of these; asked only for HEAD. */
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
