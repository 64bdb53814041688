package io.github.conflictguard.servlet;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.Hold;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.servlet.exchange.AfterAsync;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.CapturedResponse;
import io.github.conflictguard.servlet.exchange.JudgedRequest;
import io.github.conflictguard.servlet.exchange.StrippedRequest;
import io.github.conflictguard.servlet.exchange.WatchedRequest;
import io.github.conflictguard.servlet.form.CarriedToken;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.replay.AppliedWrites;
import io.github.conflictguard.servlet.replay.WatchedSubmit;
import io.github.conflictguard.servlet.replay.WatchedWrite;
import io.github.conflictguard.servlet.tag.CurrentState;
import io.github.conflictguard.servlet.tag.VariantTag;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A write: preconditions are judged before the application runs, under the lock of the resource,
 * which is kept until the application is done. Safe for use by several threads.
 */
final class GuardedWrite {

  /** Those that wait for conditional writes even when they carry no precondition themselves. */
  private static final Set<String> COMMON_WRITES =
      new HashSet<>(Arrays.asList("POST", "PUT", "PATCH", "DELETE"));

  private static final Set<String> NEVER_CREATE = new HashSet<>(Arrays.asList("DELETE", "PATCH"));

  /** By these an application says that it has not even looked at what is to be written. */
  private static final Set<Integer> CERTAINLY_REFUSED = new HashSet<>(Arrays.asList(401, 403, 405));

  private final States states;
  private final Disclosure disclosure;
  private final AppliedWrites applied;
  private final @Nullable Forms forms;
  private final ResourceLocks locks = new ResourceLocks();

  /**
   * Begins.
   *
   * @param forms null when no rule speaks of any
   */
  GuardedWrite(States states, Disclosure disclosure, AppliedWrites applied, @Nullable Forms forms) {
    this.disclosure = disclosure;
    this.forms = forms;
    this.states = states;
    this.applied = applied;
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    String method = exchange.target.method();
    PreconditionDecision admitted =
        PreconditionEvaluator.admit(method, exchange.conditions, exchange.isPreconditionMissing());
    boolean guarded = exchange.conditions.concernWrites() || exchange.carried != null;
    if (!guarded) {
      exchange.policy.tally.unguarded.increment();
    }
    if (admitted.outcome() != Outcome.PROCEED) {
      exchange.answer(refusal(exchange, admitted, null), Found.PRECONDITION);
      return;
    }
    if (exchange.policy.isWithoutState()) {
      run(exchange, exchange.request, null, chain);
      return;
    }
    if (!guarded && !COMMON_WRITES.contains(method) && !exchange.policy.isOfRule()) {
      chain.doFilter(exchange.request, exchange.response);
      return;
    }
    // Before the lock: the client may send the body slowly.
    WatchedWrite watched =
        exchange.conditions.concernWrites() && !exchange.policy.leavesJudgement()
            ? applied.watch(exchange.request)
            : null;
    Hold hold = hold(exchange, guarded);
    if (hold == null) {
      exchange.policy.tally.locked.increment();
      exchange.answer(
          exchange.problems.conflict(exchange.request, exchange.conditions, ConflictKind.LOCKED),
          Found.LOCK);
      return;
    }
    ProblemDetail refusal = null;
    try {
      refusal =
          guarded
              ? serveGuarded(exchange, watched, chain)
              : run(exchange, exchange.request, null, chain);
    } finally {
      AfterAsync.orNow(exchange.request, hold::close);
    }
    if (refusal != null) {
      // Not under the lock: the client may be slow.
      exchange.answer(refusal, Found.PRECONDITION);
    }
  }

  private @Nullable Hold hold(Exchange exchange, boolean guarded) {
    ResourceKey key = exchange.target.key();
    int timeout = exchange.policy.lockTimeoutMillis;
    try {
      return guarded
          ? locks.exclusive(key, timeout, TimeUnit.MILLISECONDS)
          : locks.shared(key, timeout, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Lets the application run if the preconditions hold, or says why not. */
  private @Nullable ProblemDetail serveGuarded(
      Exchange exchange, @Nullable WatchedWrite watched, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = watched == null ? exchange.request : watched.request();
    if (exchange.policy.leavesJudgement()) {
      return run(exchange, request, null, chain);
    }
    CarriedToken carried = exchange.carried;
    if (carried != null && !exchange.conditions.concernWrites()) {
      return serveForm(exchange, carried, chain);
    }
    boolean shown = disclosure.mayShowState(exchange);
    CurrentState current = states.current(exchange, shown);
    SelectedRepresentation representation =
        VariantTag.asSent(current.representation(), exchange.conditions);
    PreconditionDecision decision =
        PreconditionEvaluator.evaluate(
            exchange.target.method(),
            exchange.conditions,
            representation,
            exchange.isPreconditionRequired());
    if (decision.outcome() == Outcome.PROCEED) {
      return run(
          exchange, current.isTagOurs() ? new JudgedRequest(request) : request, watched, chain);
    }
    if (decision.outcome() == Outcome.FAILED
        && watched != null
        && watched.replay(current.representation(), exchange.response)) {
      exchange.policy.tally.replayed.increment();
      return null;
    }
    boolean neverCreates = NEVER_CREATE.contains(exchange.target.method());
    CapturedResponse answer = current.isAbsent() && !neverCreates ? null : current.refusal();
    if (!shown) {
      // Neither what there is, nor whether there is anything.
      return answer != null && answer.copyChallengeTo(exchange.response)
          ? null
          : refusal(exchange, decision, null);
    }
    if (answer != null) {
      // 13.2.1: where the application would answer a request without preconditions by a refusal,
      // that wins. A PUT or a POST may create what is not there, and only its precondition forbids
      // that.
      answer.copyTo(exchange.response);
      return null;
    }
    if (representation.isAbsent() && neverCreates) {
      return exchange.problems.notFound(request);
    }
    return refusal(exchange, decision, representation);
  }

  /** Lets the application run if the form shows what there is now, or says that it does not. */
  private @Nullable ProblemDetail serveForm(
      Exchange exchange, CarriedToken carried, FilterChain chain)
      throws IOException, ServletException {
    SentForm form = new SentForm(exchange, carried, states, Objects.requireNonNull(forms));
    boolean current = form.isCurrent();
    if (!current) {
      form.lookAtCurrentPage();
    }
    if (form.answerRefusal()) {
      return null;
    }
    if (current) {
      return run(exchange, exchange.request, null, chain);
    }
    exchange.policy.tally.failed.increment();
    if (exchange.request.getMethod().equals("POST")) {
      exchange.conflict = form.conflict();
    }
    return exchange.problems.staleForm(exchange.request);
  }

  /** Lets the application run. Its resource counts as written, whatever it answers or throws. */
  private @Nullable ProblemDetail run(
      Exchange exchange,
      HttpServletRequest request,
      @Nullable WatchedWrite watched,
      FilterChain chain)
      throws IOException, ServletException {
    boolean refused = false;
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
      refused =
          CERTAINLY_REFUSED.contains(
              answer == null ? exchange.response.getStatus() : answer.statusSaid());
    } catch (Throwable e) {
      if (answer != null) {
        answer.sendPostponed();
      }
      throw e;
    } finally {
      if (!refused || exchange.request.isAsyncStarted()) {
        AfterAsync.orNow(exchange.request, () -> written(exchange));
      }
    }
    if (answer != null) {
      // Not before it counts as written: the client goes on to the next page at once.
      answer.end();
    }
    if (watched != null && watched.isApplied() && exchange.found == null) {
      watched.remember(states.current(exchange, false).representation());
    }
    return null;
  }

  private static @Nullable BufferedResponse watchedAnswer(
      Exchange exchange, @Nullable WatchedWrite watched) {
    if (watched != null) {
      return watched.watch(exchange.response);
    }
    if (exchange.page == null) {
      return null;
    }
    exchange.submit = new WatchedSubmit(exchange.request, exchange.response);
    return exchange.submit.response();
  }

  private void written(Exchange exchange) {
    exchange.policy.written(exchange.target);
    if (forms == null) {
      return;
    }
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
