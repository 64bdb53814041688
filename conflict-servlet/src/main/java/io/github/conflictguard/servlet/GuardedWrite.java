package io.github.conflictguard.servlet;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.Hold;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.exchange.CapturedResponse;
import io.github.conflictguard.servlet.exchange.JudgedRequest;
import io.github.conflictguard.servlet.exchange.ReleaseAfterAsync;
import io.github.conflictguard.servlet.rule.RequestPath;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.CurrentState;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
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

  private final FilterSettings settings;
  private final BodyTagSource tags;
  private final ResourceLocks locks = new ResourceLocks();

  GuardedWrite(FilterSettings settings, BodyTagSource tags) {
    this.settings = settings;
    this.tags = tags;
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    HttpServletRequest request = exchange.request;
    String method = request.getMethod();
    boolean required = settings.requiresPrecondition(method, RequestPath.of(request));
    PreconditionDecision admitted =
        PreconditionEvaluator.admit(method, exchange.conditions, required);
    if (admitted.outcome() != Outcome.PROCEED) {
      exchange.answer(Problems.precondition(request, exchange.conditions, admitted, null));
      return;
    }
    if (!exchange.conditions.concernWrites() && !COMMON_WRITES.contains(method)) {
      chain.doFilter(request, exchange.response);
      return;
    }
    Hold hold = hold(exchange);
    if (hold == null) {
      exchange.answer(Problems.conflict(request, exchange.conditions, ConflictKind.LOCKED));
      return;
    }
    ProblemDetail refusal;
    try {
      refusal = serveLocked(exchange, required, chain);
    } finally {
      ReleaseAfterAsync.orNow(request, hold);
    }
    if (refusal != null) {
      // Not under the lock: the client may be slow.
      exchange.answer(refusal);
    }
  }

  private @Nullable Hold hold(Exchange exchange) {
    ResourceKey key = RequestPath.keyOf(exchange.request);
    int timeout = settings.lockTimeoutMillis();
    try {
      return !exchange.conditions.concernWrites()
          ? locks.shared(key, timeout, TimeUnit.MILLISECONDS)
          : locks.exclusive(key, timeout, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Lets the application run, or says why not. */
  private @Nullable ProblemDetail serveLocked(
      Exchange exchange, boolean required, FilterChain chain) throws IOException, ServletException {
    HttpServletRequest request = exchange.request;
    if (!exchange.conditions.concernWrites()) {
      chain.doFilter(request, exchange.response);
      return null;
    }
    CurrentState current = tags.read(request, exchange.response);
    PreconditionDecision decision =
        PreconditionEvaluator.evaluate(
            request.getMethod(), exchange.conditions, current.representation(), required);
    if (decision.outcome() != Outcome.PROCEED) {
      CapturedResponse answer = answerOfApplication(current, request.getMethod());
      if (answer != null) {
        answer.copyTo(exchange.response);
        return null;
      }
      return Problems.precondition(
          request, exchange.conditions, decision, current.representation());
    }
    chain.doFilter(current.isTagOurs() ? new JudgedRequest(request) : request, exchange.response);
    return null;
  }

  /**
   * 13.2.1: where the application would answer a request without preconditions by a refusal, that
   * wins. A PUT or a POST may create what is not there, and only its precondition forbids that.
   */
  private static @Nullable CapturedResponse answerOfApplication(
      CurrentState current, String method) {
    return current.isAbsent() && !NEVER_CREATE.contains(method) ? null : current.refusal();
  }
}
