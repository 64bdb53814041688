package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.detection.Detection;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.enforcement.Progress.Reading;
import io.github.conflictguard.servlet.explanation.WriteFacts;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.request.FieldLines;
import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
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
 * One pass of a request as the filter receives it: its rule, its preconditions, and the form that
 * it carries. What happens during its processing is in {@link Progress} and {@link Detection}, and
 * what comes of it is an {@link EnforcementResult}. Immutable.
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
  final @Nullable Forms forms;

  /** The page in the response, if its forms are processed; otherwise null. */
  final @Nullable AnsweredPage page;

  /** The token that a write carries from its form; null when it carries none. */
  final @Nullable SubmittedToken carried;

  /** Whether the original and current values of the form may be disclosed to the client. */
  final boolean mayShowValues;

  /** Whether the form contains its version in a field of the application. */
  public final boolean versionSent;

  /** The page and form in mode {@code observe}; null in other modes or if there is none. */
  public final @Nullable ObservedPage observed;

  /** What the steps and passes of the request leave to later ones. */
  public final Progress progress;

  /** The conflicts detected while the application handles this pass. */
  public final Detection detection = new Detection();

  /** The headers that were set by filters in front of this one. */
  final ResponseHeaderTracker before;

  /** The request of the first pass, with the form; null in the first pass. */
  private final @Nullable HttpServletRequest submitted;

  /** Whether the fields could not be read, so that the version may be among them. */
  private final boolean isFormHidden;

  private final FilterSettings settings;

  Exchange(ExchangeFactory.Builder from, HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
    this.target = from.target;
    this.policy = from.policy;
    this.settings = from.settings;
    this.problems = from.problems;
    this.doctor = from.doctor;
    this.forms = from.forms;
    this.page = from.page;
    this.carried = from.carried;
    this.mayShowValues = from.mayShowValues;
    this.versionSent = from.versionSent;
    this.isFormHidden = from.isFormHidden;
    this.observed = from.observed;
    this.submitted = null;
    this.progress = new Progress();
    this.conditions =
        ConditionalHeaders.read(
                name -> FieldLines.of(request, name), Instant.now(), settings.changedTags())
            .readAs(OwnTag::withoutCoding);
    this.before = new ResponseHeaderTracker(response);
  }

  private Exchange(
      Exchange first,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable AnsweredPage page) {
    this.request = request;
    this.response = response;
    this.target = first.target;
    this.policy = first.policy;
    this.settings = first.settings;
    this.problems = first.problems;
    this.doctor = first.doctor;
    this.forms = first.forms;
    this.page = page;
    this.carried = first.carried;
    this.mayShowValues = first.mayShowValues;
    this.versionSent = first.versionSent;
    this.isFormHidden = first.isFormHidden;
    this.observed = first.observed;
    this.submitted = first.submittedRequest();
    this.progress = first.progress;
    this.conditions = first.conditions;
    this.before = new ResponseHeaderTracker(response);
  }

  /**
   * Returns the same exchange for the next asynchronous pass, without inspecting the request again.
   */
  public Exchange continued(HttpServletRequest again, HttpServletResponse andResponse) {
    Reading reading = progress.reading();
    boolean midway = reading != null && reading.isBegun();
    HttpServletResponse exposing = ExchangeFactory.exposing(andResponse, again, policy, settings);
    AnsweredPage samePage = page == null || midway ? null : page.again(exposing);
    return new Exchange(this, again, samePage == null ? exposing : samePage.response(), samePage);
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

  /** Returns what is known of this write. */
  public WriteFacts facts() {
    EntityTagSet match = conditions.ifMatch();
    HttpServletRequest body = progress.body();
    return new WriteFacts(
        request,
        target,
        policy.ruleName(),
        body == null ? submittedRequest() : body,
        carried,
        match == null || match.tags().isEmpty() ? null : match.tags().get(0),
        progress.internalGet());
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

  /** Returns whether the write has a precondition: in a header, or in the token of its form. */
  boolean isConditional() {
    return conditions.concernWrites() || carried != null;
  }

  /** Returns whether this is a write that requires a precondition. */
  boolean isPreconditionRequired() {
    switch (policy.required) {
      case ALWAYS:
        return target.isWrite();
      case NEVER:
        return false;
      default:
        return requiresPreconditionByPath();
    }
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
}
