package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.AsyncReleasingRequest;
import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.fence.WriteFence;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.StrippedRequest;
import io.github.conflictguard.servlet.history.LastWriters;
import io.github.conflictguard.servlet.idempotency.RecordedSubmit;
import io.github.conflictguard.servlet.idempotency.RecordedWrite;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.tag.StoreSource;
import io.github.conflictguard.store.StoreException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Executes a write by passing it to the application, and records the resource as written.
 * Thread-safe.
 */
final class WriteExecution {

  private final CurrentStates states;
  private final Explainer explainer;
  private final @Nullable Forms forms;
  private final @Nullable Observation observed;
  private final BufferTimer timer;
  private final LastWriters writers;

  /**
   * Creates an execution.
   *
   * @param explainer records the writes that have succeeded
   * @param forms null when no rule has forms
   * @param observed also records the writes; null when no rule is observed
   * @param timer releases buffered responses in time
   */
  WriteExecution(
      CurrentStates states,
      Explainer explainer,
      @Nullable Forms forms,
      @Nullable Observation observed,
      BufferTimer timer) {
    this.observed = observed;
    this.writers = new LastWriters(forms == null ? () -> 0 : forms::tick);
    this.timer = timer;
    this.states = states;
    this.explainer = explainer;
    this.forms = forms;
  }

  /**
   * Runs the application. Its resource is recorded as written unless the write was certainly
   * refused.
   *
   * @return passed or detected; the client may request the next page immediately, so the rest of
   *     the response is sent when the write is recorded and its lock is released
   */
  EnforcementResult run(
      Exchange exchange,
      HttpServletRequest request,
      @Nullable RecordedWrite watched,
      FilterChain chain)
      throws IOException, ServletException {
    WriteFence fence = exchange.progress.fence();
    EnforcementResult unavailable = fence == null ? null : prepare(exchange, fence);
    if (unavailable != null) {
      return unavailable;
    }
    WriteAttempt attempt = WriteAttempt.begin(exchange);
    long began = System.nanoTime();
    KeyedOutcome keyed = exchange.progress.keyed();
    RecordedSubmit submit =
        watched == null && keyed == null && exchange.page != null
            ? new RecordedSubmit(exchange.request, exchange.response, timer)
            : null;
    BufferedResponse answer =
        keyed != null
            ? keyed.response().response()
            : watched != null
                ? watched.watch(exchange.response)
                : submit == null ? null : submit.response();
    boolean nothingStored = false;
    boolean returned = false;
    try {
      pass(exchange, request, answer, chain);
      returned = true;
      nothingStored =
          hasStoredNothing(attempt, exchange, answer)
              || (fence != null && fence.hasStoredNothing());
    } catch (Throwable e) {
      if (answer != null) {
        answer.sendPostponed();
      }
      throw e;
    } finally {
      if (!nothingStored) {
        boolean completed = returned;
        OnRequestComplete.orNow(exchange.request, () -> record(exchange, began, completed));
      } else if (fence != null) {
        fence.end(true);
      }
    }
    DetectedConflict found = exchange.detection.found();
    if (found != null) {
      return EnforcementResult.detected(found, answer);
    }
    if (keyed != null && keyed.response().isContinuing()) {
      return EnforcementResult.PASSED;
    }
    if (watched != null && watched.record(exchange.response)) {
      watched.remember(states.current(exchange, false).representation());
    }
    return answer == null
        ? EnforcementResult.PASSED
        : EnforcementResult.passed(answer, nothingStored ? null : submit);
  }

  /** Creates the counter of the resource; returns a refusal if that is impossible. */
  private static @Nullable EnforcementResult prepare(Exchange exchange, WriteFence fence) {
    try {
      fence.prepare();
      return null;
    } catch (StoreException e) {
      exchange.progress.fence(null);
      return withoutStore(exchange, e);
    }
  }

  /** Returns the refusal of a write without the store; null where the rule allows it. */
  static @Nullable EnforcementResult withoutStore(Exchange exchange, StoreException reason) {
    boolean refuses = exchange.policy.refusesWithoutStore();
    exchange.doctor.store().unavailable(exchange.policy.ruleName(), refuses, reason);
    if (!refuses) {
      return null;
    }
    exchange.policy.tally.locked.increment();
    return EnforcementResult.refused(
        exchange.problems.conflict(exchange.request, exchange.conditions, ConflictKind.TRANSIENT),
        Found.LOCK);
  }

  /** Returns the last writers of the records of forms. */
  LastWriters writers() {
    return writers;
  }

  private static void pass(
      Exchange exchange,
      HttpServletRequest request,
      @Nullable BufferedResponse answer,
      FilterChain chain)
      throws IOException, ServletException {
    if (answer == null) {
      chain.doFilter(request, exchange.response);
      return;
    }
    HttpServletRequest seen =
        exchange.policy.stripsToken() ? StrippedRequest.of(request, SubmittedToken.NAME) : request;
    KeyedOutcome keyed = exchange.progress.keyed();
    if (keyed != null) {
      keyed.response().pass(seen, chain);
    } else {
      chain.doFilter(new AsyncReleasingRequest(seen, answer), answer.forApplication());
    }
  }

  private static boolean hasStoredNothing(
      WriteAttempt attempt, Exchange exchange, @Nullable BufferedResponse answer) {
    if (exchange.request.isAsyncStarted()) {
      return false;
    }
    HttpServletResponse response = exchange.response;
    return answer == null
        ? attempt.hasStoredNothing(response.getStatus(), response.getHeader("Location"))
        : attempt.hasStoredNothing(answer.statusSaid(), answer.locationSaid());
  }

  /**
   * Records the resource as written. Called when the application has finished.
   *
   * @param returned whether it has returned without an exception
   */
  private void record(Exchange exchange, long began, boolean returned) {
    WriteFence fence = exchange.progress.fence();
    if (fence == null) {
      exchange.policy.written(exchange.target);
    } else {
      fence.end(false);
    }
    if (!exchange.policy.storesNothing(exchange.response.getStatus(), null)) {
      states.noteWritten(exchange, System.nanoTime() - began);
    }
    if (observed != null) {
      observed.written(exchange.target);
    }
    if (forms != null) {
      record(exchange, forms);
    }
    if (returned
        && exchange.detection.found() == null
        && exchange.response.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
      explainer.written(exchange.facts(), exchange.response);
    }
  }

  private void record(Exchange exchange, Forms forms) {
    writers.note(exchange.request, exchange.target.key());
    if (exchange.page == null) {
      forms.written(exchange.target);
    } else {
      forms.written(exchange.target, exchange.carried, exchange.page.origin, stateAfter(exchange));
    }
  }

  /** Returns the state after the write. Another node may have written since. */
  private static @Nullable SelectedRepresentation stateAfter(Exchange exchange) {
    WriteFence fence = exchange.progress.fence();
    return fence != null && exchange.policy.isByTime()
        ? StoreSource.stateOf(exchange.target, fence.value())
        : exchange.policy.state(exchange.target);
  }

  /** Records the time of a write that has lost its lock, and may still be in progress. */
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
