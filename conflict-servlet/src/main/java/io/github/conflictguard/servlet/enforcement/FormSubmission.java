package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.PageView;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import io.github.conflictguard.servlet.history.LastWriters;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.probe.ApplicationServlets;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.request.SentAddress;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.tag.AskedPage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A submitted form, processed under the lock of its record. At most one page is requested from the
 * application, if the rule allows it, and only where its response is decisive or may be disclosed.
 * Not thread-safe.
 */
public final class FormSubmission {

  private final Exchange exchange;
  private final SubmittedToken carried;
  private final boolean mayShowValues;
  private final AskedPages pages;
  private final Forms forms;
  private boolean asked;
  private @Nullable PageView origin;
  private @Nullable ProbeResponse refusal;
  private @Nullable FormSnapshot shown;
  private boolean gone;
  private boolean deleted;

  /**
   * Creates a submission.
   *
   * @param mayShowValues whether original and current values may be disclosed to the client
   */
  public FormSubmission(
      Exchange exchange,
      SubmittedToken carried,
      boolean mayShowValues,
      AskedPages pages,
      Forms forms) {
    this.exchange = exchange;
    this.carried = carried;
    this.mayShowValues = mayShowValues;
    this.pages = pages;
    this.forms = forms;
  }

  /**
   * Returns the conflict of a form that is refused because it carries no token. It contains the
   * current state, if it may be disclosed to the client, so that the form is checked when it is
   * submitted again from the conflict page. Null if the request is not such a form.
   */
  static @Nullable FormConflict withoutToken(
      Exchange exchange, CurrentStates states, Disclosure disclosure) throws IOException {
    Forms known = exchange.forms;
    if (known == null || !exchange.request.getMethod().equals("POST")) {
      return null;
    }
    SubmittedToken carried = exchange.carried;
    boolean mayShowValues = exchange.mayShowValues;
    if (carried == null) {
      carried = SubmittedToken.missing(ClientIdentity.of(exchange.request));
      mayShowValues = disclosure.mayShowValues(exchange.request, exchange.target, known, carried);
    }
    FormSubmission form =
        new FormSubmission(
            exchange, carried, mayShowValues, new AskedPages(exchange, states), known);
    if (exchange.policy.judgesForms()) {
      // Where the application evaluates the version, a token proves no page that was served.
      form.lookAtCurrentPage();
    }
    return form.conflict();
  }

  /**
   * Compares the form with the current state. Makes an internal GET where that is decisive.
   *
   * @return whether the form shows the current state
   */
  public boolean compare() {
    if (asksForThePageAgain()) {
      return false;
    }
    if (forms.isJudgedByPage(carried, exchange.target)) {
      ask();
    }
    if (gone) {
      return false;
    }
    return forms.isCurrent(
        carried,
        exchange.target,
        exchange.policy.state(exchange.target),
        shown,
        () -> formIn(pages.second().text()),
        exchange.request);
  }

  /** Requests the page that a refusal may show. */
  void lookAtCurrentPage() {
    if (mayShowValues) {
      ask();
    }
  }

  /**
   * Returns the application's refusal to show the page, which takes precedence as the response (RFC
   * 9110, 13.2.1). It contains no details for a client to which they may not be disclosed. Null
   * where the application shows the page.
   */
  @Nullable EnforcementResult refusal() {
    return refusal == null ? null : ApplicationRefusal.of(refusal, exchange, mayShowValues);
  }

  /**
   * Returns why the form is stale.
   *
   * @param conflict the details of the conflict; null when they are not shown
   */
  StaleCause cause(LastWriters writers, @Nullable FormConflict conflict) {
    Long time = forms.timeOf(carried, exchange.target);
    StaleCause writer =
        time == null ? null : writers.since(time, exchange.request, exchange.target.key());
    if (writer != null) {
      return writer;
    }
    boolean judgedByState = exchange.policy.knowsStates() && time != null;
    return judgedByState || (conflict != null && conflict.isKnownToDiffer())
        ? StaleCause.CHANGED
        : StaleCause.UNKNOWN;
  }

  /** Returns the conflict; null when the submission is too large to be shown again. */
  @Nullable FormConflict conflict() throws IOException {
    return forms.conflict(
        carried, exchange.target, exchange.request, origin, shown, mayShowValues, remains());
  }

  private void ask() {
    if (asked || !exchange.policy.mayAsk()) {
      return;
    }
    asked = true;
    RuleMatch target = exchange.target;
    // Before the internal GET: see Forms.begin.
    origin = forms.begin(target, exchange.policy.state(target), null);
    AskedPage page = pages.first();
    refusal = page.refusal();
    String text = page.text();
    shown = formIn(text);
    deleted = page.isGone() && exchange.isReadByPattern() && isServed();
    gone = deleted || (shown == null && showsElse(text));
  }

  /**
   * Returns whether the response is from a servlet of the application and not from the container.
   */
  private boolean isServed() {
    HttpServletRequest request = exchange.request;
    String elsewhere = exchange.readTarget();
    String path =
        elsewhere == null
            ? RequestPath.of(request)
            : QueryParameters.decodePath(elsewhere.split("[?;]", 2)[0]);
    return ApplicationServlets.answerAt(request.getServletContext(), path);
  }

  /** Returns whether the page on which the form was shown no longer contains it. */
  private boolean showsElse(@Nullable String text) {
    String from = carried.page();
    return text != null
        && from != null
        && carried.isOfStoredState()
        && exchange.isReadByPattern()
        && exchange.target.isPlainPage(from);
  }

  /** Returns what remains of the record, if it may be disclosed to this client. */
  private FormConflict.Remains remains() {
    SelectedRepresentation state = exchange.policy.state(exchange.target);
    if (!mayShowValues) {
      return FormConflict.Remains.RECORD;
    }
    if (deleted || (state != null && state.isAbsent())) {
      return FormConflict.Remains.NOTHING;
    }
    return gone ? FormConflict.Remains.PAGE : FormConflict.Remains.RECORD;
  }

  private @Nullable FormSnapshot formIn(@Nullable String page) {
    if (page == null) {
      return null;
    }
    FormSnapshot form = formIn(page, addressOf(exchange));
    String inBrowser = carried.page();
    // Where a filter in front forwards, relative addresses are resolved against another address.
    return form != null || inBrowser == null ? form : formIn(page, inBrowser);
  }

  private @Nullable FormSnapshot formIn(String page, String address) {
    return forms.formIn(page, address, exchange.request, exchange.target, carried);
  }

  private boolean asksForThePageAgain() {
    String query = SentAddress.query(exchange.request);
    return query != null && query.contains(SubmittedToken.TYPE);
  }

  private static String addressOf(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    String elsewhere = exchange.readTarget();
    if (elsewhere != null) {
      return request.getContextPath() + elsewhere;
    }
    String query = SentAddress.effectiveQuery(request);
    return query == null ? request.getRequestURI() : request.getRequestURI() + '?' + query;
  }

  /**
   * The pages that the application serves of the record of one write. They are requested at most
   * twice, however many pages the form can come from. Not thread-safe.
   */
  public static final class AskedPages {

    private final Exchange exchange;
    private final CurrentStates states;
    private @Nullable AskedPage first;
    private @Nullable AskedPage second;

    public AskedPages(Exchange exchange, CurrentStates states) {
      this.exchange = exchange;
      this.states = states;
    }

    AskedPage first() {
      AskedPage page = first;
      if (page == null) {
        page = states.page(exchange);
        first = page;
      }
      return page;
    }

    /** Returns the page of a second internal GET, which reveals values that differ on each page. */
    AskedPage second() {
      AskedPage page = second;
      if (page == null) {
        page = states.page(exchange);
        second = page;
      }
      return page;
    }
  }
}
