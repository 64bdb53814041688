package io.github.conflictguard.servlet;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.exchange.AfterAsync;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.Chunks;
import io.github.conflictguard.servlet.exchange.WatchedRequest;
import io.github.conflictguard.servlet.tag.RecalledBody;
import io.github.conflictguard.servlet.tag.VariantTag;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.logging.Logger;

/**
 * Mode {@code observe}: every request runs, no byte of any answer changes, nobody waits, and what
 * would have been refused is counted. Safe for use by several threads.
 */
final class ObservedExchanges {

  private static final Logger LOG = Logger.getLogger(ConflictFilter.class.getName());
  private static final int REMEMBERED_READS = 65_536;

  private final States states;
  private final int bufferLimit;
  private final Chunks chunks;
  private final LastReads lastReads = new LastReads(REMEMBERED_READS);

  ObservedExchanges(States states, int bufferLimit, Chunks chunks) {
    this.states = states;
    this.bufferLimit = bufferLimit;
    this.chunks = chunks;
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    if (exchange.target.isWrite()) {
      write(exchange, chain);
    } else if (PreconditionEvaluator.isRead(exchange.request.getMethod())) {
      read(exchange, chain);
    } else {
      exchange.passOn(chain);
    }
  }

  private void read(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    SelectedRepresentation known = exchange.policy.state(exchange.target);
    RecalledBody recalled = states.recall(exchange);
    BufferedResponse answer =
        new BufferedResponse(
            exchange.response,
            exchange.policy.taggable(),
            bufferLimit,
            whole -> {
              SelectedRepresentation seen =
                  known == null ? states.ofAnswer(exchange.response, whole, recalled) : known;
              EntityTag tag = seen.tag();
              if (tag != null) {
                lastReads.note(reader(exchange), tag);
              }
              whole.release();
            },
            exchange.before,
            chunks,
            known == null ? recalled.expected() : null);
    chain.doFilter(new WatchedRequest(exchange.request, answer), answer.forApplication());
    answer.end();
  }

  private void write(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    PreconditionDecision decision = judge(exchange);
    if (decision.outcome() == Outcome.FAILED) {
      exchange.policy.tally.failed.increment();
    } else if (decision.outcome() == Outcome.REQUIRED) {
      exchange.policy.tally.required.increment();
    }
    if (decision.outcome() != Outcome.PROCEED) {
      exchange.observe(
          exchange.problems.precondition(exchange.request, exchange.conditions, decision, null),
          Found.PRECONDITION);
    }
    try {
      chain.doFilter(exchange.request, exchange.response);
    } finally {
      AfterAsync.orNow(exchange.request, () -> exchange.policy.written(exchange.target));
    }
  }

  private PreconditionDecision judge(Exchange exchange) {
    String method = exchange.target.method();
    PreconditionDecision admitted =
        PreconditionEvaluator.admit(method, exchange.conditions, exchange.isPreconditionRequired());
    EntityTag lastRead = lastReads.take(reader(exchange));
    boolean guarded = exchange.conditions.concernWrites();
    if (!guarded) {
      exchange.policy.tally.unguarded.increment();
    }
    if (exchange.policy.leavesJudgement() || (!guarded && lastRead == null)) {
      return admitted;
    }
    SelectedRepresentation current = states.current(exchange, false).representation();
    EntityTag tag = current.tag();
    if (!guarded && lastRead != null && tag != null && !tag.matchesWeakly(lastRead)) {
      exchange.policy.tally.lostUpdates.increment();
      LOG.info(
          () ->
              "Lost update: a client overwrites a change that it has not seen, rule "
                  + exchange.policy.ruleName());
    }
    return guarded && admitted.outcome() == Outcome.PROCEED
        ? PreconditionEvaluator.evaluate(
            method,
            exchange.conditions,
            VariantTag.asSent(current, exchange.conditions),
            exchange.isPreconditionRequired())
        : admitted;
  }

  /** Who reads what. A client without session and login is told by its address. */
  private static String reader(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    String session = request.getRequestedSessionId();
    String user = request.getRemoteUser();
    return (session == null ? "" : session)
        + '\n'
        + (user == null ? "" : user)
        + '\n'
        + (session == null && user == null ? anonymous(request) : "")
        + '\n'
        + exchange.target.key();
  }

  private static String anonymous(HttpServletRequest request) {
    return request.getRemoteAddr() + '\n' + request.getHeader("User-Agent");
  }
}
