package io.github.conflictguard.servlet.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Notices forwards by which Jetty empties its own response without a call of ours: those of a
 * dispatcher of the servlet context. Up to Servlet 5.0 Jetty changes its own request during that.
 * How deep forwards are nested is only in the stack, which is read where one is going on.
 *
 * <p>Thread-safe: an asynchronous answer may be written while Jetty leaves the forward in which it
 * began. What a thread outside all forwards does is none.
 */
public final class JettyForwards {

  private static final String JETTYS = "org.eclipse.jetty.";

  private final HttpServletRequest request;
  private Thread thread = Thread.currentThread();
  private int depth;

  private JettyForwards(HttpServletRequest request) {
    this.request = request;
    this.depth = depthNow();
  }

  /** Returns null where the container is another one. */
  public static @Nullable JettyForwards of(HttpServletRequest request, ServletResponse response) {
    return TomcatResponses.innermost(response).getClass().getName().startsWith(JETTYS)
        ? new JettyForwards(request)
        : null;
  }

  /** Returns once for each forward whether it has begun since the last call. */
  public synchronized boolean hasBegun() {
    int now = depthNow();
    if (Thread.currentThread() != thread) {
      if (now == 0) {
        return false;
      }
      thread = Thread.currentThread();
      depth = 0;
    }
    boolean begun = now > depth;
    depth = now;
    return begun;
  }

  private int depthNow() {
    DispatcherType type = request.getDispatcherType();
    if (type != DispatcherType.FORWARD && type != DispatcherType.INCLUDE) {
      return 0;
    }
    int forwards = 0;
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (frame.getMethodName().equals("forward")
          && frame.getClassName().startsWith(JETTYS)
          && frame.getClassName().endsWith("Dispatcher")) {
        forwards++;
      }
    }
    return forwards;
  }
}
