package io.github.conflictguard.servlet.detection;

import io.github.conflictguard.event.RecoveryEvent;
import io.github.conflictguard.event.RetryEvent;
import io.github.conflictguard.guard.RepeatCheck;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.buffer.AsyncReleasingRequest;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.request.FollowedRequest;
import io.github.conflictguard.servlet.request.PassEvents;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The application behind the filter, for one pass of one request. While it runs, guarded methods
 * can check whether they may be retried, which depends on what they have read and written.
 */
public final class RepeatableChain implements FilterChain, RepeatCheck {

  private static final RepeatCheck OFF = new Off();

  private final FilterChain chain;
  private final @Nullable ConflictEvents listeners;
  private final PassEvents events = new PassEvents();
  private @Nullable ServletRequest request;
  private @Nullable ServletResponse response;
  private boolean isOutputFollowed;

  public RepeatableChain(FilterChain chain, @Nullable ConflictEvents listeners) {
    this.chain = chain;
    this.listeners = listeners;
  }

  /** Runs the application as if none of its methods were guarded. */
  public static void unguarded(FilterChain chain, ServletRequest request, ServletResponse response)
      throws IOException, ServletException {
    RepeatCheck before = RepeatCheck.install(OFF);
    try {
      chain.doFilter(request, response);
    } finally {
      RepeatCheck.install(before);
    }
  }

  @Override
  public void doFilter(ServletRequest given, ServletResponse response)
      throws IOException, ServletException {
    isOutputFollowed = BufferedResponses.follow(response, events);
    boolean isHttp = given instanceof HttpServletRequest && response instanceof HttpServletResponse;
    if (isHttp && !isOutputFollowed && RepeatCheck.mayBeAsked()) {
      followOutput((HttpServletRequest) given, (HttpServletResponse) response);
    } else {
      run(given, response);
    }
  }

  /**
   * Wraps the response without buffering it, where it is not yet wrapped in a way that allows its
   * output to be tracked.
   */
  private void followOutput(HttpServletRequest given, HttpServletResponse containers)
      throws IOException, ServletException {
    BufferedResponse answer =
        BufferedResponses.of(containers, held -> false, 0, BufferedResponse::release);
    isOutputFollowed = BufferedResponses.follow(answer, events);
    run(new AsyncReleasingRequest(given, answer), answer.forApplication());
    answer.end();
  }

  private void run(ServletRequest given, ServletResponse answer)
      throws IOException, ServletException {
    request = given instanceof HttpServletRequest ? followed((HttpServletRequest) given) : given;
    response = answer;
    RepeatCheck before = RepeatCheck.install(this);
    try {
      chain.doFilter(request, answer);
    } finally {
      RepeatCheck.install(before);
    }
  }

  @Override
  public boolean mayRepeat(String code) {
    return obstacle(code, RepeatCheck.now()) == null;
  }

  @Override
  public @Nullable String obstacle(String code, long begunAt) {
    if (request == null || response == null || response.isCommitted()) {
      return "the response is committed";
    }
    if (request.isAsyncStarted()) {
      return "the request has become asynchronous";
    }
    if (!isOutputFollowed) {
      return "it cannot be seen what was written to the response";
    }
    if (request instanceof FollowedRequest && ((FollowedRequest) request).hasUnfollowedParts()) {
      return "it cannot be seen which parts of the form were read";
    }
    return events.obstacle(begunAt);
  }

  @Override
  public void discardOutput(long begunAt) {
    if (events.hasOutputSince(begunAt) && response != null) {
      response.resetBuffer();
    }
  }

  @Override
  public boolean follows(Object source) {
    return FollowedRequest.follows(source);
  }

  @Override
  public void attempted(String handler, String cause, int attempt, String outcome) {
    if (listeners != null) {
      listeners.tell(new RetryEvent(handler, cause, attempt, RetryEvent.Outcome.valueOf(outcome)));
    }
  }

  @Override
  public void recovered(String handler, String cause, String outcome) {
    if (listeners != null) {
      listeners.tell(new RecoveryEvent(handler, cause, RecoveryEvent.Outcome.valueOf(outcome)));
    }
  }

  /** Returns a request whose body is tracked. A GET or HEAD without a declared body has none. */
  private HttpServletRequest followed(HttpServletRequest given) {
    return PreconditionEvaluator.isRead(given.getMethod())
            && given.getContentType() == null
            && given.getContentLengthLong() <= 0
            && given.getHeader("Transfer-Encoding") == null
        ? given
        : new FollowedRequest(given, events);
  }

  /** A check for a disabled filter. */
  private static final class Off implements RepeatCheck {

    @Override
    public boolean mayRepeat(String code) {
      return false;
    }

    @Override
    public boolean isOff() {
      return true;
    }
  }
}
