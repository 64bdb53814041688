package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.fence.SharedCounters;
import io.github.conflictguard.servlet.formdata.EarlyBody;
import io.github.conflictguard.servlet.idempotency.AppliedWrites;
import io.github.conflictguard.servlet.idempotency.RecordedWrite;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.store.StoreException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Processes writes: preconditions are evaluated before the application runs, under the lock of the
 * resource, which is held until the application has finished. Thread-safe.
 */
final class WriteEnforcement {

  /** The methods that wait for conditional writes even without a precondition of their own. */
  private static final Set<String> COMMON_WRITES =
      new HashSet<>(Arrays.asList("POST", "PUT", "PATCH", "DELETE"));

  private final CurrentStates states;
  private final Disclosure disclosure;
  private final AppliedWrites applied;
  private final ConditionalWrites conditionalWrites;
  private final WriteExecution execution;
  private final ResourceLocks locks;
  private final @Nullable SharedCounters shared;
  private final Explainer explainer;
  private final int asyncLockMillis;

  /**
   * Creates an enforcement.
   *
   * @param shared the counters that all nodes share; null if there are none
   * @param asyncLockMillis how long an asynchronous write keeps its lock while others wait
   */
  WriteEnforcement(
      CurrentStates states,
      Disclosure disclosure,
      AppliedWrites applied,
      WriteExecution execution,
      ConditionalWrites conditionalWrites,
      ResourceLocks locks,
      @Nullable SharedCounters shared,
      Explainer explainer,
      int asyncLockMillis) {
    this.disclosure = disclosure;
    this.conditionalWrites = conditionalWrites;
    this.execution = execution;
    this.locks = locks;
    this.shared = shared;
    this.explainer = explainer;
    this.asyncLockMillis = asyncLockMillis;
    this.states = states;
    this.applied = applied;
  }

  /**
   * Runs the application, unless the write is refused.
   *
   * @return the result, when the lock of the resource is released
   */
  EnforcementResult serve(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    boolean conditional = exchange.isConditional();
    if (!conditional) {
      exchange.policy.tally.unguarded.increment();
    }
    EnforcementResult refused = admit(exchange);
    if (refused != null) {
      return refused;
    }
    boolean exclusive = conditional || exchange.versionSent || exchange.policy.isSerialized();
    EnforcementResult result;
    if (exchange.policy.isWithoutState() && !exclusive) {
      result = execution.run(exchange, exchange.request, null, chain);
    } else if (!conditional
        && !COMMON_WRITES.contains(exchange.target.method())
        && !exchange.policy.isOfRule()) {
      chain.doFilter(exchange.request, exchange.response);
      result = EnforcementResult.of(exchange.detection);
    } else {
      result = lock(exchange, exclusive, conditional, chain);
    }
    // Not under the lock: the client may be slow.
    result.sendRest();
    return result;
  }

  /**
   * Checks what needs no state: whether the precondition is well-formed, and present where it is
   * required.
   *
   * @return null when the write is admitted
   */
  private @Nullable EnforcementResult admit(Exchange exchange) throws IOException {
    PreconditionDecision admitted =
        PreconditionEvaluator.admit(
            exchange.target.method(), exchange.conditions, exchange.isPreconditionMissing());
    if (admitted.outcome() == Outcome.PROCEED
        || WriteJudgement.mayBeOfApplication(exchange, admitted)) {
      return null;
    }
    if (admitted.outcome() != Outcome.REQUIRED) {
      return ConditionalWrites.refuse(exchange, admitted, null);
    }
    EnforcementResult ofApplication = ApplicationRefusal.ofRead(exchange, states, disclosure);
    return ofApplication == null
        ? ConditionalWrites.refuse(exchange, admitted, null)
            .with(FormSubmission.withoutToken(exchange, states, disclosure), StaleCause.CHANGED)
        : ofApplication;
  }

  /** Handles the write under the lock of its resource. */
  private EnforcementResult lock(
      Exchange exchange, boolean exclusive, boolean conditional, FilterChain chain)
      throws IOException, ServletException {
    // Before the lock is acquired: the client may send the body slowly.
    HttpServletRequest request = exchange.request;
    RecordedWrite watched = null;
    if (exchange.conditions.concernWrites() || exchange.policy.isSerialized()) {
      request = EarlyBody.read(request);
    }
    if (exchange.conditions.concernWrites()) {
      boolean recorded = exchange.policy.leavesJudgement() || exchange.progress.keyed() != null;
      watched = recorded ? null : applied.watch(request);
    }
    exchange.progress.body(watched == null ? request : watched.request());
    RecordLock lock = RecordLock.take(locks, exchange, exclusive);
    if (lock == null) {
      tellLockWait(exchange, false);
      exchange.policy.tally.locked.increment();
      return EnforcementResult.refused(
          exchange.problems.conflict(exchange.request, exchange.conditions, ConflictKind.LOCKED),
          Found.LOCK);
    }
    try {
      EnforcementResult unavailable = begin(exchange, conditional);
      if (unavailable != null) {
        return unavailable;
      }
      HttpServletRequest paced = lock.paced(watched == null ? request : watched.request());
      return conditional
          ? conditionalWrites.judge(exchange, paced, watched, chain)
          : execution.run(exchange, paced, null, chain);
    } catch (IOException | ServletException | RuntimeException e) {
      ProblemDetail problem = lock.failure();
      if (problem == null || exchange.response.isCommitted()) {
        throw e;
      }
      return EnforcementResult.refused(problem, Found.LOCK);
    } finally {
      lock.release(asyncLockMillis, () -> execution.taken(exchange));
      tellLockWait(exchange, true);
    }
  }

  /**
   * Reads the counter of the resource, before the state that the write is compared with.
   *
   * @return null unless the store cannot be used and the write is refused for that
   */
  private @Nullable EnforcementResult begin(Exchange exchange, boolean conditional) {
    Policy policy = exchange.policy;
    if (shared == null
        || !policy.isOfRule()
        || policy.isWithoutState()
        || !exchange.target.isKeyKnown()) {
      return null;
    }
    boolean judged = conditional && !policy.leavesJudgement();
    try {
      exchange.progress.fence(
          shared.begin(
              exchange.target,
              judged || policy.isSerialized(),
              judged,
              policy.refusesWithoutStore()));
      return null;
    } catch (StoreException e) {
      return WriteExecution.withoutStore(exchange, e);
    }
  }

  /** Reports that a write had to wait for its lock; called when it does not hold one. */
  private void tellLockWait(Exchange exchange, boolean acquired) {
    long millis = exchange.progress.lockWait();
    if (millis >= 0) {
      explainer.tellLockWait(
          exchange.request, exchange.target, exchange.policy.ruleName(), millis, acquired);
    }
  }
}
