package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.servlet.detection.ConflictTraces;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.enforcement.WriteAttempt;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.ObservedBody;
import io.github.conflictguard.servlet.rewrite.ObservedPass;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Executes a write, and reports its outcome once: before a redirect is sent, because the client may
 * follow it immediately, or else when the application has finished. Not thread-safe.
 */
final class ObservedOutcome {

  private final Exchange exchange;
  private final Listener listener;
  private final WriteAttempt attempt;
  private boolean reported;

  /** Whether the application has thrown an exception. */
  private volatile boolean failed;

  private ObservedOutcome(Exchange exchange, Listener listener) {
    this.exchange = exchange;
    this.listener = listener;
    this.attempt = WriteAttempt.begin(exchange);
  }

  /**
   * Runs the application.
   *
   * @param pages parses the forms of its response; null when none are parsed
   */
  static void of(
      Exchange exchange, FilterChain chain, BodyRewriter.@Nullable Choice pages, Listener listener)
      throws IOException, ServletException {
    ObservedOutcome outcome = new ObservedOutcome(exchange, listener);
    ObservedPass pass =
        new ObservedPass(new ObservedBody(pages, null), outcome::redirected, outcome::ended);
    exchange.progress.observed(pass);
    try {
      pass.run(exchange.request, exchange.response, chain);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      outcome.failed = true;
      throw e;
    } finally {
      OnRequestComplete.orNow(exchange.request, pass::end);
    }
  }

  private void redirected(int status, String location) {
    ConflictTraces traces = exchange.detection.traces();
    if (traces != null
        && exchange.detection.found() == null
        && exchange.policy.answers.concern(status)
        && traces.behind(status, location) != null) {
      // The outcome is reported when the application has finished.
      return;
    }
    report(status, location, true);
  }

  private void ended() {
    report(exchange.response.getStatus(), exchange.response.getHeader("Location"), !failed);
  }

  private void report(int status, @Nullable String location, boolean ranThrough) {
    if (reported) {
      return;
    }
    reported = true;
    if (ranThrough
        && !exchange.request.isAsyncStarted()
        && attempt.hasStoredNothing(status, location)) {
      listener.ended(Effect.NONE);
    } else {
      boolean stored = ranThrough && exchange.detection.found() == null && status < 400;
      listener.ended(stored ? Effect.STORED : Effect.UNKNOWN);
    }
  }

  /** A listener for the outcome. */
  interface Listener {

    /** Receives the outcome. Called once. */
    void ended(Effect effect);
  }

  /** What a write has stored, judging by the response. */
  enum Effect {
    /** Certainly nothing. */
    NONE,
    /** The response reports a failure, which may have followed a change. */
    UNKNOWN,
    /** The response reports a success. */
    STORED
  }
}
