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
import io.github.conflictguard.servlet.exchange.ClientIdentity;
import io.github.conflictguard.servlet.exchange.HoldTimer;
import io.github.conflictguard.servlet.exchange.WatchedRequest;
import io.github.conflictguard.servlet.tag.RecalledBody;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
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
  private final WriteJudgement judgement;
  private final int bufferLimit;
  private final HoldTimer timer;
  private final Chunks chunks;
  private final LastReads lastReads = new LastReads(REMEMBERED_READS);

  ObservedExchanges(
      States states, WriteJudgement judgement, int bufferLimit, HoldTimer timer, Chunks chunks) {
    this.judgement = judgement;
    this.timer = timer;
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
        BufferedResponse.ofRead(
            exchange.response,
            response -> {
              states.noteShown(exchange, known);
              return exchange.policy.taggable().test(response);
            },
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
            timer,
            chunks,
            known == null ? recalled.expected() : null);
    try {
      chain.doFilter(new WatchedRequest(exchange.request, answer), answer.forApplication());
    } finally {
      answer.endWatch();
    }
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
    WriteAttempt attempt = WriteAttempt.begin(exchange);
    long began = System.nanoTime();
    try {
      chain.doFilter(exchange.request, exchange.response);
      exchange.nothingStored =
          !exchange.request.isAsyncStarted()
              && attempt.hasStoredNothing(
                  exchange.response.getStatus(), exchange.response.getHeader("Location"));
    } finally {
      if (!exchange.nothingStored) {
        AfterAsync.orNow(exchange.request, () -> written(exchange, began));
      }
    }
  }

  private void written(Exchange exchange, long began) {
    exchange.policy.written(exchange.target);
    if (!exchange.policy.storesNothing(exchange.response.getStatus(), null)) {
      states.noteWritten(exchange, System.nanoTime() - began);
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
    if (exchange.policy.leavesJudgement()) {
      return WriteJudgement.mayBeOfApplication(exchange, admitted)
          ? PreconditionDecision.proceed()
          : admitted;
    }
    if (guarded) {
      return admitted.outcome() == Outcome.PROCEED
              || WriteJudgement.mayBeOfApplication(exchange, admitted)
          ? judgement.of(exchange, false).decision
          : admitted;
    }
    if (lastRead == null) {
      return admitted;
    }
    SelectedRepresentation current = states.current(exchange, false).representation();
    EntityTag tag = current.tag();
    if (tag != null && !tag.matchesWeakly(lastRead)) {
      exchange.policy.tally.lostUpdates.increment();
      LOG.info(
          () ->
              "Lost update: a client overwrites a change that it has not seen, rule "
                  + exchange.policy.ruleName());
    }
    return admitted;
  }

  /** Who reads what, the session left alone: no byte of any answer and no session changes. */
  private static String reader(Exchange exchange) {
    return ClientIdentity.atDistance(exchange.request).viewer() + '\n' + exchange.target.key();
  }
}
