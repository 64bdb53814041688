package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.WatchedRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The request for one pass of a write, which tells of the exceptions that are left in it. */
final class TracedRequest extends WatchedRequest {

  private final Traces traces;

  TracedRequest(HttpServletRequest request, BufferedResponse response, Traces traces) {
    super(request, response);
    this.traces = traces;
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value instanceof Throwable) {
      traces.leftIn(name);
    }
    super.setAttribute(name, value);
  }
}
