package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.classify.StatedDetails;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.answer.BackLink;
import io.github.conflictguard.servlet.answer.ConflictPageModel;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.detection.Detection;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.idempotency.RecordedSubmit;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.page.Circumstances;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.request.FieldLines;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
import io.github.conflictguard.servlet.rewrite.ObservedPass;
import io.github.conflictguard.servlet.rule.FormSpec;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.tag.OwnTag;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request and its response, as they came to the filter. One thread at a time. */
public final class Exchange {

  /** What is answered to forms that may be sent again as they are, or nearly so. */
  private static final Set<ProblemType> SENT_AGAIN =
      EnumSet.of(ProblemType.LOCKED, ProblemType.PRECONDITION_REQUIRED);

  public final HttpServletRequest request;
  public final HttpServletResponse response;
  public final RuleMatch target;
  public final Policy policy;
  public final ConditionalHeaders conditions;
  public final Problems problems;
  final Doctor doctor;

  /** The forms of the application; null when this request has nothing to do with any. */
  @Nullable Forms forms;

  /** The request of the first pass, with the form; null in the first pass. */
  private @Nullable HttpServletRequest submitted;

  /** The page that this answers with, if its forms are looked at; else null. */
  @Nullable AnsweredPage page;

  /** What a write carries from its form; null when it carries nothing. */
  @Nullable SubmittedToken carried;

  /** Whether the client may be shown the values of its form, as they were and as they are. */
  boolean mayShowValues;

  /** Whether a form says which state it is about, in a field of the application's own. */
  public boolean versionSent;

  /** Whether its fields could not be read, so that the version may be among them. */
  boolean isFormHidden;

  /** The answer to a form, as far as it was watched; null when it was not. */
  @Nullable RecordedSubmit submit;

  /** Whether the application has certainly stored nothing of this write. */
  public boolean nothingStored;

  /** The form that came too late; null when none did. */
  @Nullable FormConflict conflict;

  /** Why a form is refused; the application itself does not tell who has changed something. */
  StaleCause staleCause = StaleCause.CHANGED;

  /** What is detected while the application handles this pass. */
  public final Detection detection = new Detection();

  /** What is known of the forms where nothing is changed; null where that is nothing. */
  public @Nullable ObservedPage observed;

  /** What observes its answer in each pass; null when nothing does. */
  public @Nullable ObservedPass observedPass;

  /** What is known of a read that goes on in another pass. */
  @Nullable Reading reading;

  /** The application's answer to the filter's own GET; null where none was needed or given. */
  @Nullable HttpServletResponse asked;

  /** What other origins may read. */
  @Nullable CrossOrigin origins;

  private final ConflictEvents events;
  private final FilterSettings settings;

  /** What the filters in front of this one have set. */
  final ResponseHeaderTracker before;

  Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      RuleMatch target,
      Policy policy,
      FilterSettings settings,
      Problems problems,
      ConflictEvents events,
      Doctor doctor) {
    this.request = request;
    this.response = response;
    this.target = target;
    this.policy = policy;
    this.settings = settings;
    this.problems = problems;
    this.events = events;
    this.doctor = doctor;
    this.conditions =
        ConditionalHeaders.read(
                name -> FieldLines.of(request, name), Instant.now(), settings.changedTags())
            .readAs(OwnTag::withoutCoding);
    this.before = new ResponseHeaderTracker(response);
  }

  /** The same exchange in its next asynchronous pass, without a second look at the request. */
  public Exchange continued(HttpServletRequest again, HttpServletResponse andResponse) {
    boolean midway = reading != null && reading.answer.written() > 0;
    AnsweredPage samePage = page == null || midway ? null : page.again(andResponse);
    HttpServletResponse given = samePage == null ? andResponse : samePage.response();
    Exchange next = new Exchange(again, given, target, policy, settings, problems, events, doctor);
    next.page = samePage;
    next.reading = reading;
    next.observedPass = observedPass;
    next.forms = forms;
    next.submitted = submitted == null ? request : submitted;
    next.carried = carried;
    next.origins = origins;
    next.mayShowValues = mayShowValues;
    return next;
  }

  /** Lets the application answer by itself, and change headers unseen. */
  public void passOn(FilterChain chain) throws IOException, ServletException {
    before.changeAll();
    chain.doFilter(request, response);
  }

  /** The field lines of a header of the request, as they came. */
  List<String> lines(String header) {
    return FieldLines.of(request, header);
  }

  /** Where the resource can be read; null when that is where the request was sent. */
  public @Nullable String readTarget() {
    return target.readTarget(pageOfForm());
  }

  /** Whether an internal GET can be made there. */
  boolean isReadTargetPlain() {
    return target.isReadTargetPlain(pageOfForm());
  }

  /** Whether an internal GET reads an address that a pattern of {@code read} means. */
  boolean isReadByPattern() {
    return target.isReadByPattern(pageOfForm());
  }

  private @Nullable String pageOfForm() {
    return carried == null ? null : carried.page();
  }

  /** Whether this is a write that must not come without a precondition. */
  boolean isPreconditionRequired() {
    Boolean byRule = policy.required;
    return byRule == null ? requiresPreconditionByPath() : byRule && target.isWrite();
  }

  /** By whichever method the application may see. */
  private boolean requiresPreconditionByPath() {
    String path = RequestPath.of(request);
    for (String method : target.methods()) {
      if (settings.requiresPrecondition(method, path)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is refused because it has none. A token is no substitute for a version (native). */
  public boolean isPreconditionMissing() {
    SubmittedToken known = carried;
    boolean missing =
        known == null
            || (policy.versionField() != null && !isFormHidden)
            // Pages that are only observed carry no token.
            || (policy.isTokenRequired() && policy.mode == Mode.PROTECT && !isTokenAtHand(known));
    return isPreconditionRequired() && missing && !versionSent;
  }

  /** Whether a token was sent that is judged, or one that was issued where nothing is judged. */
  private boolean isTokenAtHand(SubmittedToken known) {
    return known.isSent() && (known.isValid() || !policy.leavesJudgement());
  }

  /**
   * Answers with a conflict of the application, or only tells of it where nothing may be changed or
   * the response has been sent.
   *
   * @return whether it was answered
   */
  public boolean answer(DetectedConflict finding) throws IOException {
    Throwable thrown = finding.thrown;
    StatedDetails details = thrown == null ? null : StatedDetails.in(thrown);
    ProblemDetail problem = problems.conflict(request, conditions, finding.conflict, details);
    boolean possible = policy.mode == Mode.PROTECT && !response.isCommitted();
    if (thrown != null && details != null) {
      doctor.thrown(details.handler(), thrown);
    }
    ConflictEvent.Builder event =
        event(problem, finding.found)
            .constraint(finding.conflict.constraint())
            .handler(details == null ? null : details.handler())
            .thrown(thrown);
    if (possible) {
      leavePage();
      send(problem, null, event, true);
    } else {
      events.tell(event.answered(false).build());
      if (policy.mode == Mode.PROTECT) {
        policy.sayThatItIsTooLate(problem.resource());
      }
    }
    return possible;
  }

  /**
   * Answers with a problem that the filter itself found, in place of the application. Where access
   * is decided behind the guard, that decision comes first (RFC 9110, 13.2.1): a client that may
   * not send the request gets the login, or whatever it would have got, and not the problem.
   */
  public void answer(ProblemDetail problem, Found found) throws IOException {
    answer(problem, found, null);
  }

  /** The same with the current entity tag as a header; null where the client may not see it. */
  public void answer(ProblemDetail problem, Found found, @Nullable EntityTag current)
      throws IOException {
    Filter decider = doctor.deciderBehind(request);
    if (decider == null) {
      answerDecided(problem, found, current);
      return;
    }
    leavePage();
    try {
      decider.doFilter(
          request, response, (asked, answered) -> answerDecided(problem, found, current));
    } catch (ServletException e) {
      throw new IOException("The decision on access failed", e);
    }
  }

  /** Answers with a problem where access was decided before, or not behind the guard. */
  void answerDecided(ProblemDetail problem, Found found, @Nullable EntityTag current)
      throws IOException {
    leavePage();
    if (conflict == null && SENT_AGAIN.contains(problem.type())) {
      conflict = formThatCanBeSentAgain();
    }
    send(problem, current, event(problem, found), false);
  }

  /** Lets a script of another origin read what is answered now, as the application would. */
  void shareWithOrigin() {
    if (origins != null) {
      origins.complete(request, response, asked);
    }
  }

  /**
   * Answers, and tells of it afterwards: an answer that could not be made, or not be handed to the
   * container, is none.
   */
  private void send(
      ProblemDetail problem,
      @Nullable EntityTag current,
      ConflictEvent.Builder event,
      boolean ofApplication)
      throws IOException {
    boolean answered = false;
    try {
      if (ofApplication) {
        conflict = formThatCanBeSentAgain();
      }
      write(problem, current);
      answered = true;
    } finally {
      events.tell(event.answered(answered).build());
    }
  }

  private void write(ProblemDetail problem, @Nullable EntityTag current) throws IOException {
    shareWithOrigin();
    if (conflict == null) {
      Answers.problem(
          request, response, before.snapshot(), problem, current, settings.problemBody());
    } else {
      String page = pageOfRecord();
      Circumstances circumstances =
          new Circumstances(
              staleCause,
              target.label(),
              request.getServletContext().getServletContextName(),
              page == null ? BackLink.of(request) : page);
      ConflictPageModel.of(conflict, problem, circumstances, request)
          .answer(request, response, before.snapshot(), conflictPage(), settings.problemBody());
    }
  }

  /** Where a page of the record is, as far as the rule tells: path and query. */
  private @Nullable String pageOfRecord() {
    String elsewhere = isReadTargetPlain() ? readTarget() : null;
    String address = elsewhere == null ? null : request.getContextPath() + elsewhere;
    return LocalAddress.isLocal(address) ? address : null;
  }

  /** A value that exists already, or a lock, must not cost what was typed either. */
  private @Nullable FormConflict formThatCanBeSentAgain() throws IOException {
    HttpServletRequest form = submitted == null ? request : submitted;
    boolean readable = form instanceof BufferedRequest && ((BufferedRequest) form).isFormKnown();
    if (forms == null || !readable || !form.getMethod().equals("POST")) {
      return null;
    }
    SubmittedToken sent =
        carried == null ? SubmittedToken.unknown(ClientIdentity.of(request)) : carried;
    return forms.conflict(
        sent, target, form, null, null, mayShowValues, FormConflict.Remains.RECORD);
  }

  private @Nullable String conflictPage() {
    Rule rule = target.rule();
    FormSpec spec = rule == null ? null : rule.forms();
    String ofRule = spec == null ? null : spec.conflictPage();
    return ofRule == null ? settings.conflictPage() : ofRule;
  }

  /** Tells of a problem that would have been answered, if this were not only observed. */
  public void observe(ProblemDetail problem, Found found) {
    events.tell(event(problem, found).answered(false).build());
  }

  /** What is answered now is no page of the application. */
  private void leavePage() throws IOException {
    if (page != null) {
      page.leave();
    }
  }

  private ConflictEvent.Builder event(ProblemDetail problem, Found found) {
    return ConflictEvent.of(problem, found, request.getMethod(), target.key().toString())
        .rule(policy.ruleName());
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
