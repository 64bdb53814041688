package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.exchange.AfterAsync;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.HoldTimer;
import io.github.conflictguard.servlet.exchange.StrippedRequest;
import io.github.conflictguard.servlet.exchange.WatchedRequest;
import io.github.conflictguard.servlet.form.CarriedToken;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.replay.WatchedSubmit;
import io.github.conflictguard.servlet.replay.WatchedWrite;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The application carries out a write, whose resource counts as written then. Safe for use by
 * several threads.
 */
final class WriteExecution {

  private final States states;
  private final @Nullable Forms forms;
  private final @Nullable Observation observed;
  private final HoldTimer timer;
  private final LastWriters writers;

  /**
   * Begins.
   *
   * @param forms null when no rule speaks of any
   * @param observed also notes the writes; null when no rule is observed
   * @param timer ends the holding of responses in time
   */
  WriteExecution(
      States states, @Nullable Forms forms, @Nullable Observation observed, HoldTimer timer) {
    this.observed = observed;
    this.writers = new LastWriters(forms == null ? () -> 0 : forms::tick);
    this.timer = timer;
    this.states = states;
    this.forms = forms;
  }

  /** Lets the application run. Its resource counts as written unless it has refused for certain. */
  PendingAnswer run(
      Exchange exchange,
      HttpServletRequest request,
      @Nullable WatchedWrite watched,
      FilterChain chain)
      throws IOException, ServletException {
    WriteAttempt attempt = WriteAttempt.begin(exchange);
    long began = System.nanoTime();
    BufferedResponse answer = watchedAnswer(exchange, watched);
    try {
      if (answer == null) {
        chain.doFilter(request, exchange.response);
      } else {
        chain.doFilter(
            new WatchedRequest(
                exchange.policy.stripsToken()
                    ? StrippedRequest.of(request, CarriedToken.NAME)
                    : request,
                answer),
            answer.forApplication());
      }
      exchange.nothingStored =
          !exchange.request.isAsyncStarted()
              && (answer == null
                  ? attempt.hasStoredNothing(
                      exchange.response.getStatus(), exchange.response.getHeader("Location"))
                  : attempt.hasStoredNothing(answer.statusSaid(), answer.locationSaid()));
    } catch (Throwable e) {
      if (answer != null) {
        answer.sendPostponed();
      }
      throw e;
    } finally {
      if (!exchange.nothingStored) {
        AfterAsync.orNow(exchange.request, () -> written(exchange, began));
      }
    }
    if (watched != null
        && exchange.detection.found() == null
        && watched.record(exchange.response)) {
      watched.remember(states.current(exchange, false).representation());
    }
    // The client goes on to the next page at once: not before the write counts, and the lock is
    // free.
    return answer == null ? PendingAnswer.NONE : answer::end;
  }

  /** Who has written the records of forms. */
  LastWriters writers() {
    return writers;
  }

  private @Nullable BufferedResponse watchedAnswer(
      Exchange exchange, @Nullable WatchedWrite watched) {
    if (watched != null) {
      return watched.watch(exchange.response);
    }
    if (exchange.page == null) {
      return null;
    }
    exchange.submit = new WatchedSubmit(exchange.request, exchange.response, timer);
    return exchange.submit.response();
  }

  private void written(Exchange exchange, long began) {
    exchange.policy.written(exchange.target);
    if (!exchange.policy.storesNothing(exchange.response.getStatus(), null)) {
      states.noteWritten(exchange, System.nanoTime() - began);
    }
    if (observed != null) {
      observed.written(exchange.target);
    }
    if (forms == null) {
      return;
    }
    writers.note(exchange.request, exchange.target.key());
    if (exchange.page == null) {
      forms.written(exchange.target);
    } else {
      forms.written(
          exchange.target,
          exchange.carried,
          exchange.page.origin,
          exchange.policy.state(exchange.target));
    }
  }

  /** Notes the time of a write that has lost its lock, and may still be going on. */
  void taken(Exchange exchange) {
    exchange.policy.written(exchange.target);
    if (observed != null) {
      observed.written(exchange.target);
    }
    if (forms != null) {
      forms.written(exchange.target);
    }
  }
}
