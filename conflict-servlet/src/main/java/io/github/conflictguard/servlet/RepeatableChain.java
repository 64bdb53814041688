package io.github.conflictguard.servlet;

import io.github.conflictguard.guard.RepeatCheck;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The application behind the filter, for one pass of one request. While it runs, guarded methods
 * are told whether they may run again.
 */
final class RepeatableChain implements FilterChain, RepeatCheck {

  private final FilterChain chain;
  private @Nullable ServletRequest request;
  private @Nullable ServletResponse response;

  RepeatableChain(FilterChain chain) {
    this.chain = chain;
  }

  /** Lets the application run, and nothing in it again: for a filter that is to do nothing. */
  static void onceOnly(FilterChain chain, ServletRequest request, ServletResponse response)
      throws IOException, ServletException {
    RepeatCheck before = RepeatCheck.install(code -> false);
    try {
      chain.doFilter(request, response);
    } finally {
      RepeatCheck.install(before);
    }
  }

  @Override
  public void doFilter(ServletRequest given, ServletResponse response)
      throws IOException, ServletException {
    request = given instanceof HttpServletRequest ? watched((HttpServletRequest) given) : given;
    this.response = response;
    RepeatCheck before = RepeatCheck.install(this);
    try {
      chain.doFilter(request, response);
    } finally {
      RepeatCheck.install(before);
    }
  }

  @Override
  public boolean mayRepeat(String code) {
    return request != null
        && response != null
        && !response.isCommitted()
        && !request.isAsyncStarted()
        && !(request instanceof WatchedBody && ((WatchedBody) request).wasAskedForIn(code));
  }

  /** A read that declares no body has none. */
  private static HttpServletRequest watched(HttpServletRequest request) {
    return PreconditionEvaluator.isRead(request.getMethod()) && request.getContentType() == null
        ? request
        : new WatchedBody(request);
  }
}
