package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.detection.Detection;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.request.FieldLines;
import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
import io.github.conflictguard.servlet.rewrite.ObservedPass;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.tag.OwnTag;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, as the filter receives them, with the intermediate results of their
 * processing. Not thread-safe.
 */
public final class Exchange {

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
      Doctor doctor) {
    this.request = request;
    this.response = response;
    this.target = target;
    this.policy = policy;
    this.settings = settings;
    this.problems = problems;
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
    Exchange next = new Exchange(again, given, target, policy, settings, problems, doctor);
    next.page = samePage;
    next.reading = reading;
    next.observedPass = observedPass;
    next.forms = forms;
    next.submitted = submittedRequest();
    next.carried = carried;
    next.mayShowValues = mayShowValues;
    return next;
  }

  /** Returns whether this is a later, asynchronous pass of the request. */
  boolean isContinued() {
    return submitted != null;
  }

  /** Passes the request to the application, whose response headers are no longer tracked. */
  public void passOn(FilterChain chain) throws IOException, ServletException {
    before.changeAll();
    chain.doFilter(request, response);
  }

  /** Returns the request of the first pass, which contains the form. */
  HttpServletRequest submittedRequest() {
    return submitted == null ? request : submitted;
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
