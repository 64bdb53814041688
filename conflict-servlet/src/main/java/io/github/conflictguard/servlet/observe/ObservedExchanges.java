package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.enforcement.CurrentStates;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.enforcement.FilterResponses;
import io.github.conflictguard.servlet.enforcement.Observation;
import io.github.conflictguard.servlet.enforcement.WriteAttempt;
import io.github.conflictguard.servlet.enforcement.WriteJudgement;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedForms;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.ObservedSubmission;
import io.github.conflictguard.servlet.form.PageView;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.observe.ObservedKey.Decision;
import io.github.conflictguard.servlet.policy.Policies;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.ObservedBody;
import io.github.conflictguard.servlet.rewrite.ObservedPass;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mode {@code observe}: every request is passed on, no response is changed, no request waits, and
 * writes that would have been refused are counted. Thread-safe.
 */
public final class ObservedExchanges implements Observation {

  private final CurrentStates states;
  private final WriteJudgement judgement;
  private final FilterResponses responses;
  private final ObservedWrites writes;
  private final ObservedReads reads;
  private final ObservedKeys keys;

  /** Returns the observation of one filter. */
  public static ObservedExchanges of(
      Rules rules,
      Policies policies,
      FilterSettings settings,
      ConflictEvents events,
      Explainer explainer,
      CurrentStates states,
      WriteJudgement judgement,
      FilterResponses responses) {
    ObservedForms observed =
        new ObservedForms(rules, policies.isObserving() ? settings.counters() : 2);
    return new ObservedExchanges(
        states,
        judgement,
        responses,
        explainer,
        new ObservedKeys(settings.idempotency(), responses),
        new ObservedWrites(observed, policies.forms(), new LostUpdates(events, explainer)));
  }

  private ObservedExchanges(
      CurrentStates states,
      WriteJudgement judgement,
      FilterResponses responses,
      Explainer explainer,
      ObservedKeys keys,
      ObservedWrites writes) {
    this.keys = keys;
    this.states = states;
    this.judgement = judgement;
    this.responses = responses;
    this.writes = writes;
    this.reads = new ObservedReads(states, writes, explainer);
  }

  @Override
  public @Nullable ObservedPage begin(RequestView facts, RuleMatch target, Policy policy)
      throws IOException {
    boolean elsewhere = !target.isWrite() && writes.forms().forms().areCarriedElsewhere(target);
    if (!elsewhere && !Forms.areCarriedBy(target)) {
      return null;
    }
    ObservedSubmission sent = target.isWrite() ? writes.forms().submitted(facts, target) : null;
    SubmittedToken carried = sent == null ? null : sent.carried();
    if (carried != null && writes.forms().forms().isJudgedByFiles(carried, target)) {
      facts.readParts();
    }
    PageView origin = writes.forms().forms().begin(target, policy.state(target), carried);
    return new ObservedPage(origin, sent);
  }

  @Override
  public @Nullable ObservedPage beginElsewhere(RequestView facts, RuleMatch target, Policy policy)
      throws IOException {
    return target.rule() == null && !target.isWrite() ? begin(facts, target, policy) : null;
  }

  @Override
  public FilterChain reading(Exchange exchange, FilterChain chain) {
    ObservedBody body = new ObservedBody(pagesOf(exchange), null);
    ObservedPass pass = new ObservedPass(body, null, () -> {});
    return (request, response) -> {
      pass.run((HttpServletRequest) request, (HttpServletResponse) response, chain);
      OnRequestComplete.orNow((HttpServletRequest) request, pass::end);
    };
  }

  @Override
  public boolean isButton(@Nullable SubmittedToken carried, String field) {
    return writes.forms().forms().isButton(carried, field);
  }

  @Override
  public void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    if (exchange.target.isWrite()) {
      writeWithKey(exchange, chain);
    } else if (PreconditionEvaluator.isRead(exchange.request.getMethod())) {
      reads.serve(exchange, pagesOf(exchange), chain);
      WriteAttempt.noteRead(exchange);
    } else {
      exchange.passOn(chain);
    }
  }

  @Override
  public void written(RuleMatch target) {
    writes.written(target);
  }

  @Override
  public void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    ObservedPass pass = exchange.progress.observed();
    if (pass == null) {
      exchange.passOn(chain);
    } else {
      pass.resume(exchange.request, exchange.response, chain);
    }
  }

  private void writeWithKey(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    ObservedKey key = keys.begin(exchange);
    BooleanSupplier refused = () -> true;
    try {
      refused = write(exchange, key.decision(), chain);
    } finally {
      Consumer<Boolean> end = key.end();
      if (end != null) {
        BooleanSupplier finallyRefused = refused;
        OnRequestComplete.orNow(exchange.request, () -> end.accept(!finallyRefused.getAsBoolean()));
      }
    }
  }

  /**
   * Executes a write.
   *
   * @return whether it would have been refused, for when the application has finished
   */
  private BooleanSupplier write(Exchange exchange, Decision ofKey, FilterChain chain)
      throws IOException, ServletException {
    BodyRewriter.Choice pages = pagesOf(exchange);
    ObservedPage observed = exchange.observed;
    ObservedSubmission sent = observed == null ? null : observed.sent();
    if (observed != null
        && sent != null
        && sent.carried() != null
        && !exchange.conditions.concernWrites()) {
      ObservedFormWrite form =
          new ObservedFormWrite(exchange, sent, observed.origin(), writes, states, responses);
      form.serve(ofKey, chain, pages);
      return form::isRefused;
    }
    boolean dropped = sent != null && sent.isOfDroppedPage();
    ObservedWrite write =
        new ObservedWrite(exchange, dropped, writes, reads, judgement, states, responses);
    write.serve(ofKey, chain, pages);
    return write::isRefused;
  }

  private BodyRewriter.@Nullable Choice pagesOf(Exchange exchange) {
    ObservedPage observed = exchange.observed;
    return observed == null
        ? null
        : writes.forms().forms().rewriter(exchange.request, observed.origin());
  }
}
