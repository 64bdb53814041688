package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Notices forwards by which Jetty empties its own response without a call of ours. Up to Servlet
 * 5.0 it changes its own request meanwhile. One thread at a time.
 */
final class JettyForwards {

  private final HttpServletRequest request;
  private @Nullable String last;

  private JettyForwards(HttpServletRequest request) {
    this.request = request;
    this.last = current();
  }

  /** Returns null where the container is another one. */
  static @Nullable JettyForwards of(HttpServletRequest request, ServletResponse response) {
    return TomcatResponses.innermost(response).getClass().getName().startsWith("org.eclipse.jetty.")
        ? new JettyForwards(request)
        : null;
  }

  /** Returns once for each forward whether it has begun since the last call. */
  boolean hasBegun() {
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      return false;
    }
    String now = current();
    boolean begun = now != null && !now.equals(last);
    last = now;
    return begun;
  }

  private @Nullable String current() {
    return request.getDispatcherType() == DispatcherType.FORWARD ? request.getRequestURI() : null;
  }
}
