package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Observes an answer in each of the passes that an asynchronous request goes through, and tells
 * once that it is complete. One thread at a time.
 */
public final class ObservedPass {

  private final ObservedBody body;
  private final ObservedResponse.@Nullable RedirectListener redirects;
  private final Runnable completed;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Begins.
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

  /** Lets the application answer in one pass. */
  public void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse answer =
        ObservedResponse.isBelow(response, body)
            ? response
            : new ObservedResponse(response, body, redirects).forApplication();
    ObservedRequest observed = new ObservedRequest(request, answer, this::end);
    try {
      chain.doFilter(observed, answer);
    } finally {
      observed.returned();
    }
  }

  /** Lets the application go on in another pass, with which the request may be complete. */
  public void resume(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    run(request, response, chain);
    if (!request.isAsyncStarted()) {
      end();
    }
  }

  /** Tells that the answer is complete, unless that was told before. */
  public void end() {
    if (ended.compareAndSet(false, true)) {
      body.end();
      completed.run();
    }
  }
}
