package io.github.conflictguard.servlet;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.exchange.AfterAsync;
import io.github.conflictguard.servlet.exchange.BodyRewriter;
import io.github.conflictguard.servlet.exchange.ObservedBody;
import io.github.conflictguard.servlet.form.CarriedToken;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedSubmission;
import io.github.conflictguard.servlet.form.PageOrigin;
import io.github.conflictguard.servlet.rule.RequestFacts;
import io.github.conflictguard.servlet.rule.Target;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Mode {@code observe}: every request runs, no byte of any answer changes, nobody waits, and what
 * would have been refused is counted. Safe for use by several threads.
 */
final class ObservedExchanges {

  private final States states;
  private final WriteJudgement judgement;
  private final ObservedWrites writes;
  private final ObservedReads reads;

  ObservedExchanges(States states, WriteJudgement judgement, ObservedWrites writes) {
    this.states = states;
    this.judgement = judgement;
    this.writes = writes;
    this.reads = new ObservedReads(states, writes);
  }

  /** Finds out what the form of a request would have carried, if a rule applies to its forms. */
  @Nullable Observed begin(RequestFacts facts, Target target, Policy policy) throws IOException {
    boolean elsewhere = !target.isWrite() && writes.forms().forms().areCarriedElsewhere(target);
    if (!elsewhere && !Forms.areCarriedBy(target)) {
      return null;
    }
    ObservedSubmission sent = target.isWrite() ? writes.forms().submitted(facts, target) : null;
    CarriedToken carried = sent == null ? null : sent.carried();
    if (carried != null && writes.forms().forms().isJudgedByFiles(carried, target)) {
      facts.readParts();
    }
    PageOrigin origin = writes.forms().forms().begin(target, policy.state(target), carried);
    return new Observed(origin, sent);
  }

  /**
   * Begins with a page that no rule reads and whose forms and links may lead to where one is
   * observed; null for every other answer.
   */
  @Nullable Observed beginElsewhere(RequestFacts facts, Target target, Policy policy)
      throws IOException {
    return target.rule() == null && !target.isWrite() ? begin(facts, target, policy) : null;
  }

  /** Reads the forms and links of the answer on its way, whatever else becomes of it. */
  FilterChain reading(Exchange exchange, FilterChain chain) {
    ObservedBody body = new ObservedBody(pagesOf(exchange), null);
    ObservedPass pass = new ObservedPass(body, null, () -> {});
    return (request, response) -> {
      pass.run((HttpServletRequest) request, (HttpServletResponse) response, chain);
      AfterAsync.orNow((HttpServletRequest) request, pass::end);
    };
  }

  /** Returns whether a field of a form that was sent is one of its buttons. */
  boolean isButton(@Nullable CarriedToken carried, String field) {
    return writes.forms().forms().isButton(carried, field);
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    if (exchange.target.isWrite()) {
      write(exchange, chain);
    } else if (PreconditionEvaluator.isRead(exchange.request.getMethod())) {
      reads.serve(exchange, pagesOf(exchange), chain);
      WriteAttempt.noteRead(exchange);
    } else {
      exchange.passOn(chain);
    }
  }

  /** Goes on with what has become asynchronous. */
  void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    ObservedPass pass = exchange.observedPass;
    if (pass == null) {
      exchange.passOn(chain);
    } else {
      pass.resume(exchange.request, exchange.response, chain);
    }
  }

  private void write(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    BodyRewriter.Choice pages = pagesOf(exchange);
    Observed observed = exchange.observed;
    ObservedSubmission sent = observed == null ? null : observed.sent;
    if (observed != null
        && sent != null
        && sent.carried() != null
        && !exchange.conditions.concernWrites()) {
      new ObservedFormWrite(exchange, sent, observed.origin, writes, states).serve(chain, pages);
    } else {
      new ObservedWrite(exchange, writes, reads, judgement, states).serve(chain, pages);
    }
  }

  private BodyRewriter.@Nullable Choice pagesOf(Exchange exchange) {
    Observed observed = exchange.observed;
    return observed == null
        ? null
        : writes.forms().forms().rewriter(exchange.request, observed.origin);
  }

  /** What is known of the forms of a request and of its answer. Immutable. */
  static final class Observed {

    final PageOrigin origin;

    /** Null where nothing is written. */
    final @Nullable ObservedSubmission sent;

    Observed(PageOrigin origin, @Nullable ObservedSubmission sent) {
      this.origin = origin;
      this.sent = sent;
    }
  }
}
