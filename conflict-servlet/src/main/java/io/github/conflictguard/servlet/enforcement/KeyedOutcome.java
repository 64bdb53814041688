package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.classify.StatedDetails;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.config.IdempotencySettings;
import io.github.conflictguard.servlet.detection.ConflictDetector;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Detected;
import io.github.conflictguard.servlet.idempotency.KeyedExecution;
import io.github.conflictguard.servlet.idempotency.KeyedResponse;
import io.github.conflictguard.servlet.idempotency.RecordedAnswer;
import io.github.conflictguard.servlet.idempotency.StoredStatus;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.rule.RedirectTarget;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a write that is executed once: whether it is stored, with which response. Not
 * thread-safe.
 */
final class KeyedOutcome {

  private final Exchange exchange;
  private final KeyedExecution execution;
  private final IdempotencySettings settings;
  private final ConflictDetector detector;

  /** Whether it is stored only if its response could not be delivered. */
  private final boolean once;

  private final KeyedResponse response;
  private boolean continues;
  private boolean broken;

  /** Stores the write; null until it is known how. Set by the thread that ends the response. */
  private volatile @Nullable Runnable pending;

  /**
   * Creates the outcome of a write, whose response is recorded from now on.
   *
   * @param once whether it is stored only if its response could not be delivered
   */
  KeyedOutcome(
      Exchange exchange,
      KeyedExecution execution,
      IdempotencySettings settings,
      ConflictDetector detector,
      boolean once) {
    this.once = once;
    this.exchange = exchange;
    this.execution = execution;
    this.settings = settings;
    this.detector = detector;
    this.response =
        new KeyedResponse(exchange.request, exchange.response, this::recordUnlessConflict, once);
    exchange.progress.keyed(this);
  }

  /** Returns the outcome of the next asynchronous pass of the same write. */
  KeyedOutcome again(Exchange next) {
    return new KeyedOutcome(next, execution, settings, detector, once);
  }

  /** Returns the response, which is recorded. */
  KeyedResponse response() {
    return response;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Called when the write was executed or refused. */
  void returned(EnforcementResult result) {
    if (result instanceof Detected) {
      detected(((Detected) result).conflict);
    } else if (result.isOfApplication()) {
      HttpServletRequest request = exchange.request;
      ClientIdentity after = ClientIdentity.of(request);
      continues = response.isContinuing() || request.isAsyncStarted();
      if (!response.isDispatched() || request.isAsyncStarted()) {
        OnRequestComplete.orNow(
            request,
            once
                ? this::settle
                : () ->
                    record(
                        exchange.response.getStatus(),
                        response.response().locationSaid(),
                        null,
                        after));
      }
    }
  }

  /** Called when the application has thrown an exception. */
  void thrown(Throwable exception) {
    DetectedConflict found = detector.behind(exception, exchange.detection);
    if (found != null) {
      detected(found);
    } else if (isOfConnection(exception) && response.isBegun()) {
      // The application was sending its response: what it had to do is done.
      broken = true;
      record(exchange.response.getStatus(), null, null, ClientIdentity.of(exchange.request));
    } else if (isStored(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, null)) {
      store(ClientIdentity.of(exchange.request), RecordedAnswer.ofException(), null);
    }
  }

  /** Discards a write that was not stored, unless it continues asynchronously. */
  void end() {
    if (!continues) {
      settle();
    }
  }

  /** Stores a write whose response was lost, and discards it if it was not stored. */
  private void settle() {
    Runnable store = pending;
    if (store != null && (broken || response.isUndelivered())) {
      store.run();
    }
    execution.failed();
  }

  /** Stores a conflict of the application, unless the same request may succeed later. */
  void detected(DetectedConflict found) {
    if (found.conflict.kind().isRetryable()) {
      execution.failed();
      return;
    }
    Throwable thrown = found.thrown;
    ProblemDetail problem =
        exchange.problems.conflict(
            exchange.request,
            exchange.conditions,
            found.conflict,
            thrown == null ? null : StatedDetails.in(thrown));
    store(ClientIdentity.of(exchange.request), null, problem);
  }

  /**
   * Records the response of the application, unless the filter will replace it.
   *
   * @return whether it is that of the application
   */
  private boolean recordUnlessConflict(
      int status, @Nullable String location, @Nullable RecordedAnswer answer) {
    if (exchange.detection.found() != null) {
      return false;
    }
    record(status, location, answer, ClientIdentity.of(exchange.request));
    return true;
  }

  private void record(
      int status,
      @Nullable String location,
      @Nullable RecordedAnswer answer,
      ClientIdentity after) {
    if (isStored(status, location)) {
      store(after, answer, null);
    } else {
      execution.failed();
    }
  }

  private boolean isStored(int status, @Nullable String location) {
    String target = location == null ? null : RedirectTarget.of(exchange.request, location);
    if (exchange.policy.isNamedAsStored(status, target)) {
      return true;
    }
    if (status >= 400 && !exchange.policy.isNamedAsFailed(status, target)) {
      boolean later = exchange.response.getHeader("Retry-After") != null;
      return StoredStatus.isStored(status, later, settings.stores5xx());
    }
    return !exchange.policy.storesNothing(status, target);
  }

  private void store(
      ClientIdentity after, @Nullable RecordedAnswer answer, @Nullable ProblemDetail problem) {
    if (!once) {
      execution.done(exchange.submittedRequest(), after, answer, problem);
    } else if (pending == null) {
      pending = () -> execution.done(exchange.submittedRequest(), after, answer, problem);
    }
  }

  /** Returns whether an exception reports that the client is gone. */
  private static boolean isOfConnection(Throwable exception) {
    return exception instanceof IOException
        || exception.getCause() instanceof IOException
        || (exception instanceof ServletException
            && ((ServletException) exception).getRootCause() instanceof IOException);
  }
}
