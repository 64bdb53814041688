package io.github.conflictguard.servlet.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A detector of forwards for which Jetty resets its own response without a call to the wrapper:
 * those of a dispatcher of the servlet context. Up to Servlet 5.0, Jetty changes its own request
 * during such a forward. The depth of nested forwards is only visible in the stack, which is read
 * if a forward is in progress.
 *
 * <p>Thread-safe: an asynchronous response may be written while Jetty returns from the forward in
 * which it began. A thread outside all forwards does not count.
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

  /** Returns a detector, or null if the container is not Jetty. */
  public static @Nullable JettyForwards of(HttpServletRequest request, ServletResponse response) {
    return TomcatResponses.innermost(response).getClass().getName().startsWith(JETTYS)
        ? new JettyForwards(request)
        : null;
  }

  /**
   * Records the forwards in progress.
   *
   * @return whether one has begun since the last call
   */
  public synchronized boolean noteBegun() {
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
