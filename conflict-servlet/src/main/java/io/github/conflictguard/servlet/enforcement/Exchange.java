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

/** One request and its response, as the filter receives them. Not thread-safe. */
public final class Exchange {

  /** The problems of forms that can be sent again unchanged, or nearly so. */
  private static final Set<ProblemType> SENT_AGAIN =
      EnumSet.of(ProblemType.LOCKED, ProblemType.PRECONDITION_REQUIRED);

  /** The request that is passed to the application. */
  public final HttpServletRequest request;

  /** The response that is passed to the application. */
  public final HttpServletResponse response;

  /** The rule that applies, the resource, and whether it is read or written. */
  public final RuleMatch target;

  /** The policy for the request. */
  public final Policy policy;

  /** The preconditions in the headers of the request. */
  public final ConditionalHeaders conditions;

  /** The factory of the problems that responses report. */
  public final Problems problems;

  final Doctor doctor;

  /** The forms of the application; null when this request does not involve any. */
  @Nullable Forms forms;

  /** The request of the first pass, with the form; null in the first pass. */
  private @Nullable HttpServletRequest submitted;

  /** The page in the response, if its forms are processed; otherwise null. */
  @Nullable AnsweredPage page;

  /** The token that a write carries from its form; null when it carries none. */
  @Nullable SubmittedToken carried;

  /** Whether the original and current values of the form may be disclosed to the client. */
  boolean mayShowValues;

  /** Whether the form contains its version in a field of the application. */
  public boolean versionSent;

  /** Whether the fields could not be read, so that the version may be among them. */
  boolean isFormHidden;

  /** The recorded response to a form; null when it was not recorded. */
  @Nullable RecordedSubmit submit;

  /** Whether the application has certainly stored nothing for this write. */
  public boolean nothingStored;

  /** The conflict of a stale form; null when there is none. */
  @Nullable FormConflict conflict;

  /**
   * The cause of the refusal of a form; the application does not report who has made the change.
   */
  StaleCause staleCause = StaleCause.CHANGED;

  /** The conflicts detected while the application handles this pass. */
  public final Detection detection = new Detection();

  /** The page and form in mode {@code observe}; null in other modes or if there is none. */
  public @Nullable ObservedPage observed;

  /** The observer of the response in each pass; null when there is none. */
  public @Nullable ObservedPass observedPass;

  /** The state of a read that continues in another pass. */
  @Nullable Reading reading;

  /** The application's response to the internal GET; null when none was needed or received. */
  @Nullable HttpServletResponse asked;

  /** The CORS headers that the application has sent. */
  @Nullable CrossOrigin origins;

  private final ConflictEvents events;
  private final FilterSettings settings;

  /** The headers that were set by filters in front of this one. */
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

  /**
   * Returns the same exchange for the next asynchronous pass, without inspecting the request again.
   */
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

  /** Passes the request to the application, whose response headers are no longer tracked. */
  public void passOn(FilterChain chain) throws IOException, ServletException {
    before.changeAll();
    chain.doFilter(request, response);
  }

  /** Returns the unparsed field lines of a request header. */
  List<String> lines(String header) {
    return FieldLines.of(request, header);
  }

  /** Returns the address at which the resource can be read; null when it is the request's own. */
  public @Nullable String readTarget() {
    return target.readTarget(pageOfForm());
  }

  /** Returns whether an internal GET can be made to that address. */
  boolean isReadTargetPlain() {
    return target.isReadTargetPlain(pageOfForm());
  }

  /**
   * Returns whether an internal GET reads an address that is matched by a pattern of {@code read}.
   */
  boolean isReadByPattern() {
    return target.isReadByPattern(pageOfForm());
  }

  private @Nullable String pageOfForm() {
    return carried == null ? null : carried.page();
  }

  /** Returns whether this is a write that requires a precondition. */
  boolean isPreconditionRequired() {
    Boolean byRule = policy.required;
    return byRule == null ? requiresPreconditionByPath() : byRule && target.isWrite();
  }

  /**
   * Returns whether the path requires a precondition for any method the application may receive.
   */
  private boolean requiresPreconditionByPath() {
    String path = RequestPath.of(request);
    for (String method : target.methods()) {
      if (settings.requiresPrecondition(method, path)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether the write is refused because it has no precondition. A token does not replace a
   * version ({@code native}).
   */
  public boolean isPreconditionMissing() {
    SubmittedToken known = carried;
    boolean missing =
        known == null
            || (policy.versionField() != null && !isFormHidden)
            // Pages that are only observed carry no token.
            || (policy.isTokenRequired() && policy.mode == Mode.PROTECT && !isTokenAtHand(known));
    return isPreconditionRequired() && missing && !versionSent;
  }

  /**
   * Returns whether a token was sent. It must be valid where the application evaluates
   * preconditions itself.
   */
  private boolean isTokenAtHand(SubmittedToken known) {
    return known.isSent() && (known.isValid() || !policy.leavesJudgement());
  }

  /**
   * Responds with a conflict of the application. Where nothing may be changed, or the response is
   * committed, the conflict is only reported.
   *
   * @return whether a response was sent
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
   * Responds with a problem that the filter itself has found, in place of the application. Where
   * access is decided after the filter, that decision takes precedence (RFC 9110, 13.2.1): a client
   * that may not send the request receives the login page, or the response it would have received
   * without the filter.
   */
  public void answer(ProblemDetail problem, Found found) throws IOException {
    answer(problem, found, null);
  }

  /**
   * Responds with a problem and the current entity tag as a header.
   *
   * @param current null where it may not be disclosed to the client
   */
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

  /**
   * Responds with a problem where access was decided before the filter, or is not decided after it.
   */
  void answerDecided(ProblemDetail problem, Found found, @Nullable EntityTag current)
      throws IOException {
    leavePage();
    if (conflict == null && SENT_AGAIN.contains(problem.type())) {
      conflict = formThatCanBeSentAgain();
    }
    send(problem, current, event(problem, found), false);
  }

  /** Sets the CORS headers that the application would have set on the response. */
  void shareWithOrigin() {
    if (origins != null) {
      origins.complete(request, response, asked);
    }
  }

  /**
   * Sends the response and reports it afterwards. A response that could not be generated or passed
   * to the container is not reported.
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

  /** Returns path and query of the page of the record, if the rule specifies it. */
  private @Nullable String pageOfRecord() {
    String elsewhere = isReadTargetPlain() ? readTarget() : null;
    String address = elsewhere == null ? null : request.getContextPath() + elsewhere;
    return LocalAddress.isLocal(address) ? address : null;
  }

  /**
   * Returns the form with the values that the user has entered, so that they are not lost by a
   * duplicate value or a lock either.
   */
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

  /** Reports a problem for which a response would have been sent in mode {@code protect}. */
  public void observe(ProblemDetail problem, Found found) {
    events.tell(event(problem, found).answered(false).build());
  }

  /** Stops processing the page: the response that follows is not a page of the application. */
  private void leavePage() throws IOException {
    if (page != null) {
      page.leave();
    }
  }

  private ConflictEvent.Builder event(ProblemDetail problem, Found found) {
    return ConflictEvent.of(problem, found, request.getMethod(), target.key().toString())
        .rule(policy.ruleName());
  }

  /** A read in progress. */
  static final class Reading {

    final @Nullable SelectedRepresentation known;
    final BufferedResponse answer;

    Reading(@Nullable SelectedRepresentation known, BufferedResponse answer) {
      this.known = known;
      this.answer = answer;
    }
  }
}
