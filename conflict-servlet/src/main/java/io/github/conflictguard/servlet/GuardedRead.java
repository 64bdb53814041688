package io.github.conflictguard.servlet;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.UndatedRequest;
import io.github.conflictguard.servlet.exchange.WatchedRequest;
import io.github.conflictguard.servlet.exchange.WholeRequest;
import io.github.conflictguard.servlet.tag.BodyTagSource;
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

  private final BodyTagSource bodies;
  private final int bufferLimit;

  GuardedRead(BodyTagSource bodies, int bufferLimit) {
    this.bodies = bodies;
    this.bufferLimit = bufferLimit;
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    // Before the application reads what it answers with: see StateSource.
    SelectedRepresentation known = exchange.policy.state(exchange.target);
    BufferedResponse answer =
        new BufferedResponse(
            exchange.response,
            exchange.policy.taggable(),
            bufferLimit,
            new TaggedAnswer(exchange, known, bodies));
    chain.doFilter(
        new WatchedRequest(asSeenByApplication(exchange), answer), answer.forApplication());
    answer.end();
  }

  private static HttpServletRequest asSeenByApplication(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    String ifRange = request.getHeader("If-Range");
    if (Validators.isTagOfOurs(ifRange) || (ifRange != null && exchange.policy.knowsStates())) {
      // 13.1.5: an application that does not know the tag would send a part of something else.
      request = new WholeRequest(request);
    }
    return exchange.conditions.ifNoneMatch() == null ? request : new UndatedRequest(request);
  }
}
