package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.buffer.AsyncReleasingRequest;
import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.StrippedRequest;
import io.github.conflictguard.servlet.history.LastWriters;
import io.github.conflictguard.servlet.idempotency.RecordedSubmit;
import io.github.conflictguard.servlet.idempotency.RecordedWrite;
import io.github.conflictguard.servlet.response.OnRequestComplete;
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

  private final CurrentStates states;
  private final @Nullable Forms forms;
  private final @Nullable Observation observed;
  private final BufferTimer timer;
  private final LastWriters writers;

  /**
   * Begins.
   *
   * @param forms null when no rule speaks of any
   * @param observed also notes the writes; null when no rule is observed
   * @param timer ends the holding of responses in time
   */
  WriteExecution(
      CurrentStates states,
      @Nullable Forms forms,
      @Nullable Observation observed,
      BufferTimer timer) {
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
      @Nullable RecordedWrite watched,
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
            new AsyncReleasingRequest(
                exchange.policy.stripsToken()
                    ? StrippedRequest.of(request, SubmittedToken.NAME)
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
        OnRequestComplete.orNow(exchange.request, () -> written(exchange, began));
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
      Exchange exchange, @Nullable RecordedWrite watched) {
    if (watched != null) {
      return watched.watch(exchange.response);
    }
    if (exchange.page == null) {
      return null;
    }
    exchange.submit = new RecordedSubmit(exchange.request, exchange.response, timer);
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
