package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.servlet.enforcement.WriteJudgement.Verdict;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.idempotency.AppliedWrites;
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
import java.util.Locale;
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

  /**
   * Bodies with a declared length up to this number of bytes are read before the lock is acquired.
   */
  private static final int READ_BEFORE_LOCK = 256 * 1024;

  private final CurrentStates states;
  private final WriteJudgement judgement;
  private final FilterResponses responses;
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
      FilterResponses responses,
      Disclosure disclosure,
      AppliedWrites applied,
      WriteExecution execution,
      @Nullable Forms forms,
      ResourceLocks locks,
      int asyncLockMillis) {
    this.judgement = judgement;
    this.responses = responses;
    this.disclosure = disclosure;
    this.forms = forms;
    this.execution = execution;
    this.locks = locks;
    this.asyncLockMillis = asyncLockMillis;
    this.states = states;
    this.applied = applied;
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    String method = exchange.target.method();
    PreconditionDecision admitted =
        PreconditionEvaluator.admit(method, exchange.conditions, exchange.isPreconditionMissing());
    boolean guarded = exchange.conditions.concernWrites() || exchange.carried != null;
    boolean exclusive = guarded || exchange.versionSent || exchange.policy.isSerialized();
    if (!guarded) {
      exchange.policy.tally.unguarded.increment();
    }
    if (admitted.outcome() != Outcome.PROCEED
        && !WriteJudgement.mayBeOfApplication(exchange, admitted)) {
      PendingAnswer ofApplication =
          admitted.outcome() == Outcome.REQUIRED
              ? ApplicationRefusal.ofRead(exchange, states, disclosure)
              : null;
      if (ofApplication == null) {
        if (admitted.outcome() == Outcome.REQUIRED) {
          exchange.conflict = FormSubmission.withoutToken(exchange, states, disclosure);
        }
        responses.send(exchange, refusal(exchange, admitted, null), Found.PRECONDITION);
      } else {
        ofApplication.send();
      }
      return;
    }
    if (exchange.policy.isWithoutState() && !exclusive) {
      execution.run(exchange, exchange.request, null, chain).send();
      return;
    }
    if (!guarded && !COMMON_WRITES.contains(method) && !exchange.policy.isOfRule()) {
      chain.doFilter(exchange.request, exchange.response);
      return;
    }
    // Before the lock is acquired: the client may send the body slowly.
    HttpServletRequest request = exchange.request;
    RecordedWrite watched = null;
    if (exchange.conditions.concernWrites() || exchange.policy.isSerialized()) {
      // The buffered request replaces the original, whose body has been consumed.
      request = early(request);
    }
    if (exchange.conditions.concernWrites()) {
      watched = exchange.policy.leavesJudgement() ? null : applied.watch(request);
    }
    RecordLock lock = RecordLock.take(locks, exchange, exclusive);
    if (lock == null) {
      exchange.policy.tally.locked.increment();
      responses.send(
          exchange,
          exchange.problems.conflict(exchange.request, exchange.conditions, ConflictKind.LOCKED),
          Found.LOCK);
      return;
    }
    PendingAnswer rest;
    try {
      HttpServletRequest paced = lock.paced(watched == null ? request : watched.request());
      rest =
          guarded
              ? serveGuarded(exchange, paced, watched, chain)
              : execution.run(exchange, paced, null, chain);
    } catch (IOException | ServletException | RuntimeException e) {
      ProblemDetail problem = lock.failure();
      if (problem == null || exchange.response.isCommitted()) {
        throw e;
      }
      rest = () -> responses.send(exchange, problem, Found.LOCK);
    } finally {
      lock.release(asyncLockMillis, () -> execution.taken(exchange));
    }
    // Not under the lock: the client may be slow.
    rest.send();
  }

  /**
   * Reads a body, or its beginning. A body that a container would parse itself is not read where
   * the results may differ: containers differ in forms that are not sent by POST, and limit their
   * size.
   */
  private static HttpServletRequest early(HttpServletRequest request) throws IOException {
    String declared = request.getContentType();
    String type = declared == null ? "" : declared.toLowerCase(Locale.ROOT);
    boolean form = type.startsWith("application/x-www-form-urlencoded");
    if (form && !request.getMethod().equals("POST")) {
      return request;
    }
    BufferedRequest small = BufferedRequest.small(request, READ_BEFORE_LOCK);
    if (small != null) {
      return small;
    }
    boolean unknownLength = request.getContentLengthLong() < 0;
    return unknownLength
            && !form
            && !type.startsWith("multipart/")
            && request.getHeader("Expect") == null
        ? BufferedRequest.beginning(request, READ_BEFORE_LOCK)
        : request;
  }

  /** Runs the application if the preconditions hold, or refuses the write. */
  private PendingAnswer serveGuarded(
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
      return serveForm(exchange, request, carried, chain);
    }
    boolean shown = disclosure.mayShowState(exchange);
    Verdict verdict = judgement.of(exchange, shown);
    CurrentState current = verdict.current;
    if (current == null) {
      return execution.run(exchange, request, null, chain);
    }
    SelectedRepresentation representation = verdict.representation;
    PreconditionDecision decision = verdict.decision;
    if (decision.outcome() == Outcome.MALFORMED) {
      return refuse(exchange, refusal(exchange, decision, null));
    }
    if (decision.outcome() == Outcome.PROCEED) {
      return execution.run(
          exchange, current.isTagOurs() ? judged(request, exchange) : request, watched, chain);
    }
    RecordedAnswer recorded =
        decision.outcome() == Outcome.FAILED && watched != null
            ? watched.recorded(current.representation())
            : null;
    if (recorded != null) {
      exchange.policy.tally.replayed.increment();
      return () -> recorded.sendTo(exchange.response);
    }
    boolean neverCreates = NEVER_CREATE.contains(exchange.target.method());
    ProbeResponse answer = current.isAbsent() && !neverCreates ? null : current.refusal();
    // RFC 9110, 13.2.1: where the application would refuse the request without preconditions, the
    // refusal takes precedence. A PUT or a POST may create a missing resource, which only its
    // precondition forbids.
    PendingAnswer refused = answer == null ? null : ApplicationRefusal.of(answer, exchange, shown);
    if (refused != null) {
      return refused;
    }
    if (!shown) {
      // Discloses neither the state nor whether the resource exists.
      return refuse(exchange, refusal(exchange, decision, null));
    }
    if (representation.isAbsent() && neverCreates) {
      return refuse(exchange, exchange.problems.notFound(request));
    }
    ProblemDetail problem = refusal(exchange, decision, representation);
    return () -> responses.send(exchange, problem, Found.PRECONDITION, representation.tag());
  }

  private static HttpServletRequest judged(HttpServletRequest request, Exchange exchange) {
    return HeaderFilteringRequest.withoutOverruledDates(
        HeaderFilteringRequest.withoutEntityTags(request), exchange.conditions, false);
  }

  /** Runs the application if the form shows the current state, or refuses the write. */
  private PendingAnswer serveForm(
      Exchange exchange, HttpServletRequest request, SubmittedToken carried, FilterChain chain)
      throws IOException, ServletException {
    FormSubmission form =
        new FormSubmission(
            exchange, carried, new AskedPages(exchange, states), Objects.requireNonNull(forms));
    boolean current = form.isCurrent();
    if (!current) {
      form.lookAtCurrentPage();
    }
    PendingAnswer refusal = form.refusal();
    if (refusal != null) {
      return refusal;
    }
    if (current) {
      return execution.run(exchange, request, null, chain);
    }
    exchange.policy.tally.failed.increment();
    if (exchange.request.getMethod().equals("POST")) {
      exchange.conflict = form.conflict();
      exchange.staleCause = form.cause(execution.writers(), exchange.conflict);
    }
    return refuse(exchange, exchange.problems.staleForm(exchange.request));
  }

  private PendingAnswer refuse(Exchange exchange, ProblemDetail problem) {
    return () -> responses.send(exchange, problem, Found.PRECONDITION);
  }

  private static ProblemDetail refusal(
      Exchange exchange, PreconditionDecision decision, @Nullable SelectedRepresentation current) {
    if (decision.outcome() == Outcome.REQUIRED) {
      exchange.policy.tally.required.increment();
      if (exchange.page != null) {
        return exchange.problems.formWithoutVersion(exchange.request);
      }
    } else if (decision.outcome() == Outcome.FAILED) {
      exchange.policy.tally.failed.increment();
    }
    return exchange.problems.precondition(exchange.request, exchange.conditions, decision, current);
  }
}
