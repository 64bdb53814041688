package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An observer of a response in each pass of an asynchronous request, which reports once that the
 * response is complete. Not thread-safe.
 */
public final class ObservedPass {

  private final ObservedBody body;
  private final ObservedResponse.@Nullable RedirectListener redirects;
  private final Runnable completed;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Creates an observer.
   *
   * @param redirects see {@link ObservedResponse}
   * @param completed called once, when the body has been read to its end
   */
  public ObservedPass(
      ObservedBody body,
      ObservedResponse.@Nullable RedirectListener redirects,
      Runnable completed) {
    this.body = body;
    this.redirects = redirects;
    this.completed = completed;
  }

  /** Runs the application in one pass. */
  public void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse answer =
        ObservedResponse.isBelow(response, body)
            ? response
            : new ObservedResponse(response, body, redirects).forApplication();
    ObservedRequest observed = new ObservedRequest(request, answer, this::end);
    boolean failed = true;
    try {
      chain.doFilter(observed, answer);
      failed = false;
    } finally {
      observed.returned();
      if (failed) {
        body.leavePage();
      }
    }
  }

  /** Runs the application in another pass, with which the request may be complete. */
  public void resume(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    run(request, response, chain);
    if (!request.isAsyncStarted()) {
      end();
    }
  }

  /** Reports that the response is complete, unless that was reported before. */
  public void end() {
    if (ended.compareAndSet(false, true)) {
      body.end();
      completed.run();
    }
  }
}
