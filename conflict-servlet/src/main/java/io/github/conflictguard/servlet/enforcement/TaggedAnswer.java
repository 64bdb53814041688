package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponseHandler;
import io.github.conflictguard.servlet.response.BodyElsewhere;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The application's response to a read, which becomes a 200 or 206 with a tag, a 304 or a 412. */
final class TaggedAnswer implements BufferedResponseHandler {

  private final Exchange exchange;
  private final @Nullable SelectedRepresentation known;
  private final AnsweredState state;
  private final CurrentStates states;
  private final GivenOut given;
  private final FilterResponses responses;
  private boolean marked;
  private boolean takesPlace;
  private boolean refusedByHead;

  /** The tag derived from the body of the response; null when there is none. */
  private @Nullable EntityTag ofBody;

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
      GivenOut given,
      FilterResponses responses) {
    this.exchange = exchange;
    this.known = known;
    this.state = state;
    this.states = states;
    this.given = given;
    this.responses = responses;
  }

  /**
   * Returns whether the response is buffered until its end. This is not necessary where status and
   * headers determine the state and no precondition is to be evaluated: then the response gets its
   * tag now.
   */
  boolean holdsBack() {
    states.noteShown(exchange, known);
    if (isUnsatisfiable(exchange.response.getStatus())) {
      return isRefused(state.ofUnsatisfiable());
    }
    if (!state.isJudged()) {
      markNotModified();
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
      mark(current);
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
  public boolean replaces(int status, @Nullable String location) {
    takesPlace =
        isUnsatisfiable(status)
            && !exchange.request.isAsyncStarted()
            && isRefused(state.ofUnsatisfiable());
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
    EntityTag form = mark(current);
    answer.release();
    if (form == null) {
      endPage();
    } else if (plain && marked) {
      given.released(form, exchange);
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
      mark(current);
    }
  }

  /** Responds in place of the application. */
  private void answer(SelectedRepresentation current, PreconditionDecision decision)
      throws IOException {
    BodyElsewhere.cancel(exchange.request);
    if (decision.outcome() == Outcome.NOT_MODIFIED) {
      responses.answer(exchange, EnforcementResult.notModified(mark(current), true));
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

  /** Invalidates the tag, which was derived from less than what the client receives now. */
  @Override
  public void goesOn(BufferedResponse answer) {
    EntityTag given = ofBody;
    HttpServletResponse response = exchange.response;
    if (given != null && given.toString().equals(response.getHeader("ETag"))) {
      response.setHeader("ETag", null);
      if (response.containsHeader("ETag")) {
        // Containers before Servlet 6.1 cannot remove a header. This tag equals no other.
        response.setHeader("ETag", EntityTag.strong(UUID.randomUUID().toString()).toString());
      }
    }
    ofBody = null;
  }

  /** Records a tag that is set when the application has responded and is not the filter's. */
  void noteTagOfApplication() {
    if (known == null && !marked && exchange.response.containsHeader("ETag")) {
      given.noteTagOfApplication(exchange);
    }
  }

  /** Sets the validators of the application's own 304 as its 200 would have (RFC 9110, 15.4.5). */
  private void markNotModified() {
    HttpServletResponse response = exchange.response;
    if (known != null
        && response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED
        && !exchange.policy.isOfForm()
        && !response.containsHeader("Vary")
        && !response.containsHeader("Content-Encoding")) {
      EntityTag tag = known.tag();
      if (tag != null) {
        exchange.before.changes("ETag");
        response.setHeader("ETag", given.form(tag, exchange).toString());
        marked = true;
      }
    }
  }

  /** Sets the validators, and returns the tag in the form in which it is sent. */
  private @Nullable EntityTag mark(SelectedRepresentation current) {
    HttpServletResponse response = exchange.response;
    EntityTag tag = current.tag();
    EntityTag form = tag;
    if (tag != null && (marked || state.isTagOurs() || !response.containsHeader("ETag"))) {
      form = known == null ? given.note(tag, exchange) : given.form(tag, exchange);
      exchange.before.changes("ETag");
      response.setHeader("ETag", form.toString());
      marked = true;
      ofBody = known == null ? form : null;
    }
    Instant lastModified = current.lastModified();
    if (lastModified != null && tag != null) {
      // An application's own date is not sent if it is later than Date (RFC 9110, 8.8.2.1).
      exchange.before.changes("Last-Modified");
      response.setHeader("Last-Modified", HttpDate.format(lastModified));
    }
    return form;
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
