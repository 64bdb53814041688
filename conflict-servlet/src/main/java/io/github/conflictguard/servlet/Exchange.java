package io.github.conflictguard.servlet;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.HeaderSnapshot;
import io.github.conflictguard.servlet.rule.RequestPath;
import io.github.conflictguard.servlet.rule.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One request and its response, as they came to the filter. One thread at a time. */
final class Exchange {

  private static final Logger LOG = Logger.getLogger(ConflictFilter.class.getName());

  final HttpServletRequest request;
  final HttpServletResponse response;
  final Target target;
  final Policy policy;
  final ConditionalHeaders conditions;
  final Problems problems;

  /** What is known of a read that goes on in another pass. */
  @Nullable Reading reading;

  private final FilterSettings settings;
  private final HeaderSnapshot before;

  Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      Target target,
      Policy policy,
      FilterSettings settings) {
    this.request = request;
    this.response = response;
    this.target = target;
    this.policy = policy;
    this.settings = settings;
    this.problems = settings.problems();
    this.conditions =
        ConditionalHeaders.read(
            name -> Collections.list(request.getHeaders(name)),
            Instant.now(),
            settings.changedTags());
    this.before = HeaderSnapshot.before(response);
  }

  /** The same exchange in its next asynchronous pass, without a second look at the request. */
  Exchange continued(HttpServletRequest again, HttpServletResponse andResponse) {
    Exchange next = new Exchange(again, andResponse, target, policy, settings);
    next.reading = reading;
    return next;
  }

  /** Whether this is a write that must not come without a precondition. */
  boolean isPreconditionRequired() {
    Boolean byRule = policy.required;
    return byRule == null
        ? settings.requiresPrecondition(request.getMethod(), RequestPath.of(request))
        : byRule && target.isWrite();
  }

  /** Answers with a conflict that the application did not handle. */
  void answer(ConflictKind kind, Throwable cause) throws IOException {
    answer(problems.conflict(request, conditions, kind), cause);
  }

  /** Answers with a problem that the filter itself found. */
  void answer(ProblemDetail problem) throws IOException {
    answer(problem, null);
  }

  /** In place of the application. The log gets the same identity. */
  private void answer(ProblemDetail problem, @Nullable Throwable cause) throws IOException {
    LOG.log(Level.INFO, logLine(problem), cause);
    Answers.problem(request, response, before, problem);
  }

  private String logLine(ProblemDetail problem) {
    return problem.status()
        + " "
        + problem.type().kind()
        + " for "
        + request.getMethod()
        + " "
        + problem.resource()
        + ", "
        + problem.instance();
  }

  /** A read that has begun. */
  static final class Reading {

    final @Nullable SelectedRepresentation known;
    final BufferedResponse answer;

    Reading(@Nullable SelectedRepresentation known, BufferedResponse answer) {
      this.known = known;
      this.answer = answer;
    }
  }
}
