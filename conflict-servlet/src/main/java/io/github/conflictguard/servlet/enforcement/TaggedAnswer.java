package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponseHandler;
import io.github.conflictguard.servlet.response.BodyElsewhere;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The application's response to a read, which becomes a 200 or 206 with a tag, a 304 or a 412. */
final class TaggedAnswer implements BufferedResponseHandler {

  private final Exchange exchange;
  private final @Nullable SelectedRepresentation known;
  private final AnsweredState state;
  private final CurrentStates states;
  private final ReadEnforcement.GivenOut given;
  private final FilterResponses responses;
  private final AnswerValidators validators;
  private boolean takesPlace;
  private boolean refusedByHead;

  /**
   * Creates a handler.
   *
   * @param known the state from before the response; null when only the response determines it
   * @param state the state that the response represents
   */
  TaggedAnswer(
      Exchange exchange,
      @Nullable SelectedRepresentation known,
      AnsweredState state,
      CurrentStates states,
      ReadEnforcement.GivenOut given,
      FilterResponses responses) {
    this.exchange = exchange;
    this.known = known;
    this.state = state;
    this.states = states;
    this.given = given;
    this.responses = responses;
    this.validators = new AnswerValidators(exchange, known, state, given);
  }

  /** Returns the validators of the response. */
  AnswerValidators validators() {
    return validators;
  }

  /**
   * Sets the tag at the first byte of the response, where status and headers determine the state
   * and no precondition is to be evaluated.
   *
   * @return whether the response is buffered until its end, because this is not the case
   */
  boolean prepare() {
    states.noteShown(exchange, known);
    if (isUnsatisfiable(exchange.response.getStatus())) {
      return isRefused(state.ofUnsatisfiable());
    }
    if (!state.isJudged()) {
      validators.setNotModified();
      return false;
    }
    if (!state.isTagged() && !isConditional()) {
      return false;
    }
    SelectedRepresentation current = state.ofHead();
    if (current == null || (exchange.page != null && state.isTaggable())) {
      return true;
    }
    refusedByHead = isRefused(current);
    if (!refusedByHead) {
      validators.set(current);
    }
    return refusedByHead;
  }

  @Override
  public boolean isRefusedByHead() {
    return refusedByHead;
  }

  private boolean isRefused(SelectedRepresentation current) {
    return outcome(current).outcome() != Outcome.PROCEED;
  }

  private boolean isUnsatisfiable(int status) {
    return status == HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE && isConditional();
  }

  private boolean isConditional() {
    return exchange.conditions.concernWrites() || exchange.conditions.ifModifiedSince() != null;
  }

  @Override
  public void ending(int status, @Nullable String location) {
    takesPlace =
        isUnsatisfiable(status)
            && !exchange.request.isAsyncStarted()
            && isRefused(state.ofUnsatisfiable());
  }

  @Override
  public boolean replacesEnding() {
    return takesPlace;
  }

  /** Responds in place of an error of which the container has not been notified. */
  void answerInPlace() throws IOException {
    if (takesPlace) {
      SelectedRepresentation current = state.ofUnsatisfiable();
      answer(current, outcome(current));
    }
  }

  @Override
  public void finish(BufferedResponse answer) throws IOException {
    if (isUnsatisfiable(exchange.response.getStatus())) {
      SelectedRepresentation current = state.ofUnsatisfiable();
      answer.discard();
      answer(current, outcome(current));
      return;
    }
    if (!state.isJudged()) {
      // The status has changed since the first byte was buffered.
      answer.release();
      endPage();
      return;
    }
    SelectedRepresentation current = state.of(answer);
    if (current == null) {
      answer.release();
      endPage();
      return;
    }
    PreconditionDecision decision = outcome(current);
    if (decision.outcome() != Outcome.PROCEED) {
      answer.discard();
      answer(current, decision);
      return;
    }
    if (isPage()) {
      // The forms get new tokens each time the page is shown: no validator, never 304.
      answer.release();
      endPage();
      return;
    }
    boolean plain = !exchange.response.containsHeader("Content-Encoding");
    EntityTag form = validators.set(current);
    answer.release();
    if (form == null) {
      endPage();
    } else if (plain) {
      validators.released(form);
    }
  }

  @Override
  public boolean isOfHead() {
    return exchange.request.getMethod().equals("HEAD");
  }

  /**
   * Evaluates what status and headers determine even for a response that is too long to be
   * buffered.
   */
  @Override
  public void beforeEarlyRelease(BufferedResponse answer) throws IOException {
    if (!state.isJudged()) {
      return;
    }
    boolean untagged = state.ofHead() == null;
    SelectedRepresentation current = state.withoutBody();
    PreconditionDecision decision = outcome(current);
    if (decision.outcome() != Outcome.PROCEED) {
      answer.replace();
      answer(current, decision);
    } else if (untagged) {
      exchange.doctor.streamed(exchange.policy.ruleName(), exchange.request);
    } else if (!isPage()) {
      validators.set(current);
    }
  }

  /** Responds in place of the application. */
  private void answer(SelectedRepresentation current, PreconditionDecision decision)
      throws IOException {
    BodyElsewhere.cancel(exchange.request);
    if (decision.outcome() == Outcome.NOT_MODIFIED) {
      responses.answer(exchange, EnforcementResult.notModified(validators.set(current), true));
      return;
    }
    exchange.policy.tally.failed.increment();
    responses.answer(
        exchange,
        EnforcementResult.refused(
                exchange.problems.precondition(
                    exchange.request, exchange.conditions, decision, current),
                Found.PRECONDITION)
            .with(current.tag())
            .afterApplication());
  }

  @Override
  public void goesOn(BufferedResponse answer) {
    validators.invalidate();
  }

  private PreconditionDecision outcome(SelectedRepresentation current) {
    EntityTag tag = current.tag();
    ConditionalHeaders sent =
        tag != null && state.isTagOurs() ? given.read(exchange, tag) : exchange.conditions;
    PreconditionDecision decision =
        PreconditionEvaluator.evaluate(exchange.request.getMethod(), sent, current, false);
    return decision.outcome() == Outcome.NOT_MODIFIED && (isPage() || isDateOfPage(decision))
        ? PreconditionDecision.proceed()
        : decision;
  }

  /**
   * Returns whether the decision rests on the date of a page. Without a rule, that date is left to
   * the application: one that never sends 304 may send the date of its template with the page of
   * each user.
   */
  private boolean isDateOfPage(PreconditionDecision decision) {
    return ConditionalHeaders.IF_MODIFIED_SINCE.equals(decision.header())
        && !exchange.policy.isOfRule()
        && !exchange.response.containsHeader("ETag")
        && !state.isTaggable();
  }

  private boolean isPage() {
    return exchange.page != null && exchange.page.isOne();
  }

  private void endPage() throws IOException {
    if (exchange.page != null) {
      exchange.page.end();
    }
  }
}
