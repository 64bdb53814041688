package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.classify.StatedDetails;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Detected;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Existing;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.NotModified;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Refused;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.explanation.WriteFacts;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.history.CrossOrigin;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.rule.Mode;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the filter's own responses to a request: problems, conflict pages and 304. Reports each
 * problem to the listeners, whether it is sent or only observed. Thread-safe.
 */
public final class FilterResponses {

  /** The problems of forms that can be sent again unchanged, or nearly so. */
  private static final Set<ProblemType> SENT_AGAIN =
      EnumSet.of(ProblemType.LOCKED, ProblemType.PRECONDITION_REQUIRED);

  private final ProblemResponses problems;
  private final Explainer explainer;
  private final Disclosure disclosure;
  private final Doctor doctor;
  private final CrossOrigin origins;

  FilterResponses(
      FilterSettings settings,
      Explainer explainer,
      Disclosure disclosure,
      Doctor doctor,
      CrossOrigin origins) {
    this.problems = new ProblemResponses(settings);
    this.explainer = explainer;
    this.disclosure = disclosure;
    this.doctor = doctor;
    this.origins = origins;
  }

  /**
   * Sends the response that a result calls for; nothing where the application has responded. No
   * other method writes a response of the filter. Called when no lock is held.
   *
   * @return whether the request has its response
   */
  boolean answer(Exchange exchange, EnforcementResult result) throws IOException {
    if (result instanceof Refused) {
      refuse(exchange, (Refused) result);
    } else if (result instanceof Detected) {
      return report(exchange, ((Detected) result).conflict);
    } else if (result instanceof NotModified) {
      sendNotModified(exchange, (NotModified) result);
    } else if (result instanceof Existing) {
      Existing existing = (Existing) result;
      decided(exchange, existing.decided, () -> sendExisting(exchange, existing));
    }
    return true;
  }

  /**
   * Sends a problem that the filter itself has found, in place of the application's response. Where
   * access is decided after the filter, that decision takes precedence (RFC 9110, 13.2.1): a client
   * that may not send the request receives the login page, or the response it would have received
   * without the filter.
   */
  private void refuse(Exchange exchange, Refused refused) throws IOException {
    leavePage(exchange);
    decided(exchange, refused.afterApplication, () -> send(exchange, refused));
  }

  /**
   * Sends a response of the filter, unless the decision on access that is made behind the filter
   * sends another one.
   *
   * @param isDecided whether that decision was made for this request already
   */
  private void decided(Exchange exchange, boolean isDecided, Sending response) throws IOException {
    Filter decider = isDecided ? null : doctor.deciderBehind(exchange.request);
    if (decider == null) {
      response.send();
      return;
    }
    try {
      decider.doFilter(exchange.request, exchange.response, (asked, answered) -> response.send());
    } catch (ServletException e) {
      throw new IOException("The decision on access failed", e);
    }
  }

  private void sendExisting(Exchange exchange, Existing existing) throws IOException {
    existing.response.sendTo(exchange.response);
    origins.note(exchange.request, exchange.response);
  }

  private void send(Exchange exchange, Refused refused) throws IOException {
    ProblemDetail problem = refused.problem;
    FormConflict form =
        refused.form == null && SENT_AGAIN.contains(problem.type())
            ? ProblemResponses.formThatCanBeSentAgain(exchange)
            : refused.form;
    refused.addHeadersTo(exchange.response);
    send(
        exchange,
        problem,
        refused.current,
        event(exchange, problem, refused.found),
        refused.cause,
        () -> form);
  }

  /**
   * Sends a conflict of the application. Where nothing may be changed, or the response is
   * committed, the conflict is only reported.
   *
   * @return whether a response was sent
   */
  private boolean report(Exchange exchange, DetectedConflict finding) throws IOException {
    Policy policy = exchange.policy;
    Throwable thrown = finding.thrown;
    StatedDetails details = thrown == null ? null : StatedDetails.in(thrown);
    ProblemDetail problem =
        exchange.problems.conflict(
            exchange.request, exchange.conditions, finding.conflict, details);
    boolean possible = policy.mode == Mode.PROTECT && !exchange.response.isCommitted();
    if (thrown != null && details != null) {
      doctor.thrown(details.handler(), thrown);
    }
    ConflictEvent.Builder event =
        event(exchange, problem, finding.found)
            .constraint(finding.conflict.constraint())
            .handler(details == null ? null : details.handler())
            .thrown(thrown);
    if (possible) {
      leavePage(exchange);
      send(
          exchange,
          problem,
          null,
          event,
          StaleCause.CHANGED,
          () -> ProblemResponses.formThatCanBeSentAgain(exchange));
    } else {
      observe(exchange, problem, event);
      if (policy.mode == Mode.PROTECT) {
        policy.sayThatItIsTooLate(problem.resource());
      }
    }
    return possible;
  }

  private void sendNotModified(Exchange exchange, NotModified result) throws IOException {
    if (result.afterApplication) {
      Answers.notModified(exchange.response, result.tag);
    } else {
      shareWithOrigin(exchange);
      noteServed(exchange);
      Answers.notModifiedBeforehand(exchange.response, result.tag);
    }
  }

  /** Reports a problem for which a response would have been sent in mode {@code protect}. */
  public void observe(Exchange exchange, ProblemDetail problem, Found found) {
    observe(exchange, problem, event(exchange, problem, found));
  }

  private void observe(Exchange exchange, ProblemDetail problem, ConflictEvent.Builder event) {
    WriteFacts write = exchange.facts();
    Collision collision = explainer.collision(write, problem, exchange.progress.lockWait());
    explainer.tell(event.collision(collision).answered(false).build(), write);
  }

  /** Records that the client has the current representation, before the response is committed. */
  private void noteServed(Exchange exchange) {
    if (exchange.policy.isOfRule() && exchange.request.getMethod().equals("GET")) {
      String risk =
          explainer.served(
              exchange.request, exchange.target, exchange.policy.ruleName(), explainer.now());
      if (risk != null) {
        exchange.response.setHeader(Explainer.RISK, risk);
      }
    }
  }

  /**
   * Sends the response and reports it afterwards. A response that could not be generated or passed
   * to the container is not reported as sent.
   */
  private void send(
      Exchange exchange,
      ProblemDetail problem,
      @Nullable EntityTag current,
      ConflictEvent.Builder event,
      StaleCause cause,
      ShownForm form)
      throws IOException {
    boolean answered = false;
    WriteFacts write = exchange.facts();
    Collision collision = explainer.collision(write, problem, exchange.progress.lockWait());
    try {
      FormConflict shown = form.read();
      shareWithOrigin(exchange);
      ProblemDetail explained =
          explainer.explained(problem, collision, write, mayBeExplained(exchange));
      problems.write(exchange, explained, current, cause, shown);
      answered = true;
    } finally {
      explainer.tell(event.collision(collision).answered(answered).build(), write);
    }
  }

  /** Returns whether the client may be told when the resource was written before, and by whom. */
  private boolean mayBeExplained(Exchange exchange) {
    boolean ofForm = exchange.carried != null && !exchange.conditions.concernWrites();
    return !ofForm ? disclosure.mayShowState(exchange) : exchange.mayShowValues;
  }

  /** Sets the CORS headers that the application would have set on the response. */
  private void shareWithOrigin(Exchange exchange) {
    origins.complete(exchange.request, exchange.response, exchange.progress.internalGet());
  }

  /** Stops processing the page: the response that follows is not a page of the application. */
  private static void leavePage(Exchange exchange) throws IOException {
    if (exchange.page != null) {
      exchange.page.leave();
    }
  }

  private static ConflictEvent.Builder event(
      Exchange exchange, ProblemDetail problem, Found found) {
    return ConflictEvent.of(
            problem, found, exchange.request.getMethod(), exchange.target.key().toString())
        .rule(exchange.policy.ruleName());
  }

  /** Sends a response. */
  @FunctionalInterface
  private interface Sending {

    void send() throws IOException;
  }

  /** Source of the form that the conflict page shows. */
  @FunctionalInterface
  private interface ShownForm {

    @Nullable FormConflict read() throws IOException;
  }
}
