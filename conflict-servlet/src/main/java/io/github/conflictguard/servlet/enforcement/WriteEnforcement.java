package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Refused;
import io.github.conflictguard.servlet.enforcement.WriteJudgement.Verdict;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.EarlyBody;
import io.github.conflictguard.servlet.idempotency.AppliedWrites;
import io.github.conflictguard.servlet.idempotency.RecordedAnswer;
import io.github.conflictguard.servlet.idempotency.RecordedWrite;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.request.JudgedRequest;
import io.github.conflictguard.servlet.request.OverruledDates;
import io.github.conflictguard.servlet.tag.CurrentState;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
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

  private static final Set<String> NEVER_CREATE = new HashSet<>(Arrays.asList("DELETE", "PATCH"));

  private final CurrentStates states;
  private final WriteJudgement judgement;
  private final Disclosure disclosure;
  private final AppliedWrites applied;
  private final @Nullable Forms forms;
  private final WriteExecution execution;
  private final ResourceLocks locks;
  private final int asyncLockMillis;

  /**
   * Creates an enforcement.
   *
   * @param forms null when no rule has forms
   * @param asyncLockMillis how long an asynchronous write keeps its lock while others wait
   */
  WriteEnforcement(
      CurrentStates states,
      WriteJudgement judgement,
      Disclosure disclosure,
      AppliedWrites applied,
      WriteExecution execution,
      @Nullable Forms forms,
      ResourceLocks locks,
      int asyncLockMillis) {
    this.judgement = judgement;
    this.disclosure = disclosure;
    this.forms = forms;
    this.execution = execution;
    this.locks = locks;
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
      return refuse(exchange, admitted, null);
    }
    EnforcementResult ofApplication = ApplicationRefusal.ofRead(exchange, states, disclosure);
    return ofApplication == null
        ? refuse(exchange, admitted, null)
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
      watched = exchange.policy.leavesJudgement() ? null : applied.watch(request);
    }
    RecordLock lock = RecordLock.take(locks, exchange, exclusive);
    if (lock == null) {
      exchange.policy.tally.locked.increment();
      return EnforcementResult.refused(
          exchange.problems.conflict(exchange.request, exchange.conditions, ConflictKind.LOCKED),
          Found.LOCK);
    }
    try {
      HttpServletRequest paced = lock.paced(watched == null ? request : watched.request());
      return conditional
          ? judge(exchange, paced, watched, chain)
          : execution.run(exchange, paced, null, chain);
    } catch (IOException | ServletException | RuntimeException e) {
      ProblemDetail problem = lock.failure();
      if (problem == null || exchange.response.isCommitted()) {
        throw e;
      }
      return EnforcementResult.refused(problem, Found.LOCK);
    } finally {
      lock.release(asyncLockMillis, () -> execution.taken(exchange));
    }
  }

  /** Runs the application if the preconditions hold, or refuses the write. */
  private EnforcementResult judge(
      Exchange exchange,
      HttpServletRequest request,
      @Nullable RecordedWrite watched,
      FilterChain chain)
      throws IOException, ServletException {
    if (exchange.policy.leavesJudgement()) {
      return execution.run(exchange, request, null, chain);
    }
    SubmittedToken carried = exchange.carried;
    if (carried != null && !exchange.conditions.concernWrites()) {
      return judgeForm(exchange, request, carried, chain);
    }
    boolean shown = disclosure.mayShowState(exchange);
    Verdict verdict = judgement.of(exchange, shown);
    CurrentState current = verdict.current;
    if (current == null) {
      return execution.run(exchange, request, null, chain);
    }
    if (verdict.decision.outcome() == Outcome.PROCEED) {
      return execution.run(
          exchange, current.isTagOurs() ? judged(request, exchange) : request, watched, chain);
    }
    return verdict.decision.outcome() == Outcome.MALFORMED
        ? refuse(exchange, verdict.decision, null)
        : refuse(exchange, verdict, current, watched, shown);
  }

  /** Refuses a write whose preconditions do not hold, or repeats the response to it. */
  private EnforcementResult refuse(
      Exchange exchange,
      Verdict verdict,
      CurrentState current,
      @Nullable RecordedWrite watched,
      boolean shown) {
    PreconditionDecision decision = verdict.decision;
    RecordedAnswer recorded =
        decision.outcome() == Outcome.FAILED && watched != null
            ? watched.recorded(current.representation())
            : null;
    if (recorded != null) {
      exchange.policy.tally.replayed.increment();
      return EnforcementResult.existing(recorded::sendTo);
    }
    boolean neverCreates = NEVER_CREATE.contains(exchange.target.method());
    ProbeResponse answer = current.isAbsent() && !neverCreates ? null : current.refusal();
    // RFC 9110, 13.2.1: where the application would refuse the request without preconditions, the
    // refusal takes precedence. A PUT or a POST may create a missing resource, which only its
    // precondition forbids.
    EnforcementResult ofApplication =
        answer == null ? null : ApplicationRefusal.of(answer, exchange, shown);
    if (ofApplication != null) {
      return ofApplication;
    }
    if (!shown) {
      // Discloses neither the state nor whether the resource exists.
      return refuse(exchange, decision, null);
    }
    SelectedRepresentation representation = verdict.representation;
    return representation.isAbsent() && neverCreates
        ? EnforcementResult.refused(
            exchange.problems.notFound(exchange.request), Found.PRECONDITION)
        : refuse(exchange, decision, representation).with(representation.tag());
  }

  private static HttpServletRequest judged(HttpServletRequest request, Exchange exchange) {
    return OverruledDates.hiddenIn(new JudgedRequest(request), exchange.conditions, false);
  }

  /** Runs the application if the form shows the current state, or refuses the write. */
  private EnforcementResult judgeForm(
      Exchange exchange, HttpServletRequest request, SubmittedToken carried, FilterChain chain)
      throws IOException, ServletException {
    FormSubmission form =
        new FormSubmission(
            exchange,
            carried,
            exchange.mayShowValues,
            new AskedPages(exchange, states),
            Objects.requireNonNull(forms));
    boolean current = form.compare();
    if (!current) {
      form.lookAtCurrentPage();
    }
    EnforcementResult ofApplication = form.refusal();
    if (ofApplication != null) {
      return ofApplication;
    }
    if (current) {
      return execution.run(exchange, request, null, chain);
    }
    exchange.policy.tally.failed.increment();
    Refused stale =
        EnforcementResult.refused(
            exchange.problems.staleForm(exchange.request), Found.PRECONDITION);
    if (!exchange.request.getMethod().equals("POST")) {
      return stale;
    }
    FormConflict conflict = form.conflict();
    return stale.with(conflict, form.cause(execution.writers(), conflict));
  }

  /** Counts a refusal and returns it. */
  private static Refused refuse(
      Exchange exchange, PreconditionDecision decision, @Nullable SelectedRepresentation current) {
    boolean required = decision.outcome() == Outcome.REQUIRED;
    if (required) {
      exchange.policy.tally.required.increment();
    } else if (decision.outcome() == Outcome.FAILED) {
      exchange.policy.tally.failed.increment();
    }
    return EnforcementResult.refused(
        required && exchange.page != null
            ? exchange.problems.formWithoutVersion(exchange.request)
            : exchange.problems.precondition(
                exchange.request, exchange.conditions, decision, current),
        Found.PRECONDITION);
  }
}
