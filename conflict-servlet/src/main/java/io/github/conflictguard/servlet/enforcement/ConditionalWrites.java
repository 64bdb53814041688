package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Detected;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Refused;
import io.github.conflictguard.servlet.enforcement.WriteJudgement.Verdict;
import io.github.conflictguard.servlet.fence.WriteFence;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.idempotency.RecordedAnswer;
import io.github.conflictguard.servlet.idempotency.RecordedWrite;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.request.HeaderFilteringRequest;
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
 * Evaluates the preconditions of a write, or the token of its form, against the current state: runs
 * the application if they hold, otherwise refuses the write. Called under the lock of the resource.
 * Thread-safe.
 */
final class ConditionalWrites {

  private static final Set<String> NEVER_CREATE = new HashSet<>(Arrays.asList("DELETE", "PATCH"));

  private final CurrentStates states;
  private final WriteJudgement judgement;
  private final Disclosure disclosure;
  private final @Nullable Forms forms;
  private final WriteExecution execution;

  /**
   * Creates an evaluation.
   *
   * @param forms null when no rule has forms
   */
  ConditionalWrites(
      CurrentStates states,
      WriteJudgement judgement,
      Disclosure disclosure,
      @Nullable Forms forms,
      WriteExecution execution) {
    this.states = states;
    this.judgement = judgement;
    this.disclosure = disclosure;
    this.forms = forms;
    this.execution = execution;
  }

  /** Runs the application if the preconditions hold, or refuses the write. */
  EnforcementResult judge(
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
    Verdict verdict = judgement.evaluate(exchange, shown);
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
      return EnforcementResult.repeated(recorded::sendTo);
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
    return HeaderFilteringRequest.withoutOverruledDates(
        HeaderFilteringRequest.withoutEntityTags(request), exchange.conditions, false);
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
            new FormSubmission.AskedPages(exchange, states),
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
      EnforcementResult result = execution.run(exchange, request, null, chain);
      WriteFence fence = exchange.progress.fence();
      if (fence == null || fence.refusal() == null || !(result instanceof Detected)) {
        return result;
      }
      result.sendRest(); // Nothing: the response was discarded.
      form.lookAtCurrentPage();
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
  static Refused refuse(
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
