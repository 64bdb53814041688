package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.answer.BackLink;
import io.github.conflictguard.servlet.answer.ConflictPageModel;
import io.github.conflictguard.servlet.answer.ProblemLinks;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.page.Circumstances;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.response.HeaderSnapshot;
import io.github.conflictguard.servlet.rule.FormSpec;
import io.github.conflictguard.servlet.rule.Rule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a problem as the response to a request: as problem details, as a page, or as the conflict
 * page with the form that was submitted. Called by {@link FilterResponses} alone. Thread-safe.
 */
final class ProblemResponses {

  private final FilterSettings settings;

  ProblemResponses(FilterSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes a problem.
   *
   * @param current the current tag, sent as a header; null where it may not be disclosed
   * @param form the form that the conflict page shows; null when there is none
   */
  void write(
      Exchange exchange,
      ProblemDetail problem,
      @Nullable EntityTag current,
      StaleCause cause,
      @Nullable FormConflict form)
      throws IOException {
    HttpServletRequest request = exchange.request;
    HttpServletResponse response = exchange.response;
    HeaderSnapshot kept = kept(exchange, problem);
    if (form == null) {
      Answers.problem(request, response, kept, problem, current, settings.problemBody());
    } else {
      String page = pageOfRecord(exchange);
      Circumstances circumstances =
          new Circumstances(
              cause,
              exchange.target.label(),
              request.getServletContext().getServletContextName(),
              page == null ? BackLink.of(request) : page);
      ConflictPageModel.of(form, problem, circumstances, request)
          .answer(request, response, kept, conflictPage(exchange), settings.problemBody());
    }
  }

  /** Returns the headers in front of this filter, with a link to the resource as it is now. */
  private static HeaderSnapshot kept(Exchange exchange, ProblemDetail problem) {
    HeaderSnapshot before = exchange.before.snapshot();
    String address = problem.type() == ProblemType.NOT_FOUND ? null : currentAddress(exchange);
    return address == null ? before : before.with("Link", ProblemLinks.latestVersion(address));
  }

  /**
   * Returns path and query at which the resource can be read; null where the rule does not specify
   * it. They consist of the rule's pattern and of values in this request.
   */
  private static @Nullable String currentAddress(Exchange exchange) {
    if (!exchange.target.isWrite()
        || !exchange.isReadByPattern()
        || !exchange.isReadTargetPlain()) {
      return null;
    }
    HttpServletRequest request = exchange.request;
    String elsewhere = exchange.readTarget();
    String address;
    if (elsewhere != null) {
      address = request.getContextPath() + elsewhere;
    } else {
      String query = request.getQueryString();
      address = LocalAddress.shownPathOf(request) + (query == null ? "" : '?' + query);
    }
    return LocalAddress.isLocal(address) ? address : null;
  }

  /** Returns path and query of the page of the record, if the rule specifies it. */
  private static @Nullable String pageOfRecord(Exchange exchange) {
    String elsewhere = exchange.isReadTargetPlain() ? exchange.readTarget() : null;
    String address = elsewhere == null ? null : exchange.request.getContextPath() + elsewhere;
    return LocalAddress.isLocal(address) ? address : null;
  }

  /**
   * Returns the form with the values that the user has entered, so that they are not lost by a
   * duplicate value or a lock either.
   */
  static @Nullable FormConflict formThatCanBeSentAgain(Exchange exchange) throws IOException {
    Forms forms = exchange.forms;
    HttpServletRequest form = exchange.submittedRequest();
    boolean readable = form instanceof BufferedRequest && ((BufferedRequest) form).isFormKnown();
    if (forms == null || !readable || !form.getMethod().equals("POST")) {
      return null;
    }
    SubmittedToken carried = exchange.carried;
    SubmittedToken sent =
        carried == null ? SubmittedToken.unknown(ClientIdentity.of(exchange.request)) : carried;
    return forms.conflict(
        sent,
        exchange.target,
        form,
        null,
        null,
        exchange.mayShowValues,
        FormConflict.Remains.RECORD);
  }

  private @Nullable String conflictPage(Exchange exchange) {
    Rule rule = exchange.target.rule();
    FormSpec spec = rule == null ? null : rule.forms();
    String ofRule = spec == null ? null : spec.conflictPage();
    return ofRule == null ? settings.conflictPage() : ofRule;
  }
}
