package io.github.conflictguard.servlet;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.WatchedRequest;
import io.github.conflictguard.servlet.exchange.WholeRequest;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.Taggable;
import io.github.conflictguard.servlet.tag.Validators;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * GET and HEAD: the application answers, and its answer gets an entity tag on the way out. Reads
 * take no lock. Safe for use by several threads.
 */
final class GuardedRead {

  private final BodyTagSource tags;
  private final int bufferLimit;

  GuardedRead(BodyTagSource tags, int bufferLimit) {
    this.tags = tags;
    this.bufferLimit = bufferLimit;
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    BufferedResponse answer =
        new BufferedResponse(
            exchange.response, Taggable::isTaggable, bufferLimit, whole -> finish(exchange, whole));
    chain.doFilter(
        new WatchedRequest(withoutUnknownCondition(exchange.request), answer),
        answer.forApplication());
    answer.end();
  }

  private void finish(Exchange exchange, BufferedResponse answer) throws IOException {
    SelectedRepresentation current = representation(exchange, answer);
    EntityTag tag = current.tag();
    if (tag == null) {
      answer.release();
      return;
    }
    PreconditionDecision decision =
        PreconditionEvaluator.evaluate(
            exchange.request.getMethod(), exchange.conditions, current, false);
    switch (decision.outcome()) {
      case NOT_MODIFIED:
        answer.discard();
        Answers.notModified(exchange.response, tag);
        break;
      case FAILED:
        answer.discard();
        exchange.answer(
            Problems.precondition(exchange.request, exchange.conditions, decision, current));
        break;
      default:
        if (!exchange.response.containsHeader("ETag")) {
          exchange.response.setHeader("ETag", tag.toString());
        }
        answer.release();
    }
  }

  private SelectedRepresentation representation(Exchange exchange, BufferedResponse answer) {
    if (!Taggable.isTaggable(exchange.response)) {
      // Status or headers have changed since the first byte was held.
      return SelectedRepresentation.untagged();
    }
    if (exchange.request.getMethod().equals("HEAD")
        && answer.written() == 0
        && !exchange.response.containsHeader("ETag")) {
      // 9.3.2: HEAD carries what GET would. Up to Servlet 5 the application's HEAD has no body to
      // make a tag of.
      return tags.read(exchange.request, exchange.response).representation();
    }
    return Validators.of(exchange.response, answer::digest).representation();
  }

  /** 13.1.5: an application that does not know the tag would send a part of something else. */
  private static HttpServletRequest withoutUnknownCondition(HttpServletRequest request) {
    return Validators.isTagOfOurs(request.getHeader("If-Range"))
        ? new WholeRequest(request)
        : request;
  }
}
