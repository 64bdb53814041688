package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.idempotency.AsyncSubmit;
import io.github.conflictguard.servlet.idempotency.RecordedSubmit;
import io.github.conflictguard.servlet.idempotency.Submission;
import io.github.conflictguard.servlet.idempotency.SubmissionFingerprint;
import io.github.conflictguard.servlet.idempotency.SubmittedForms;
import io.github.conflictguard.servlet.rule.FormSpec.Resubmit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Executes each form once. If it is submitted again, by a second click, a reload of the response or
 * from the browser's history, the first response is sent again. Thread-safe.
 */
public final class OnceOnlySubmit {

  private final Forms forms;
  private final SubmittedForms submitted;
  private final WriteEnforcement writes;

  OnceOnlySubmit(Forms forms, SubmittedForms submitted, WriteEnforcement writes) {
    this.forms = forms;
    this.submitted = submitted;
    this.writes = writes;
  }

  EnforcementResult serve(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    SubmittedToken carried = exchange.carried;
    AnsweredPage page = exchange.page;
    String id = carried == null ? null : carried.id();
    String content = isOfForm(exchange) ? SubmissionFingerprint.of(exchange.request) : null;
    if (id == null || page == null || content == null) {
      return writes.serve(exchange, chain);
    }
    ClientIdentity client = ClientIdentity.of(exchange.request);
    Submission submission = enter(exchange, client, id, content);
    if (submission == null) {
      exchange.policy.tally.locked.increment();
      return EnforcementResult.refused(
          exchange.problems.conflict(exchange.request, exchange.conditions, ConflictKind.LOCKED),
          Found.LOCK);
    }
    if (submission.isFirst()) {
      return serveFirst(exchange, submission, page, chain);
    }
    if (submission.isAnswerKnown() && exchange.policy.resubmit() == Resubmit.REPLAY) {
      exchange.policy.tally.replayed.increment();
      forms.repeated(exchange.target, submission.page(), page.origin);
      return EnforcementResult.repeated(submission::replay);
    }
    return EnforcementResult.refused(
        exchange.problems.duplicateSubmit(exchange.request), Found.PRECONDITION);
  }

  /** Returns whether a write submits a form that is executed once. */
  static boolean isOfForm(Exchange exchange) {
    return exchange.page != null
        && exchange.carried != null
        && exchange.carried.id() != null
        && exchange.policy.resubmit() != Resubmit.ALLOW
        && isNavigation(exchange.request);
  }

  private @Nullable Submission enter(
      Exchange exchange, ClientIdentity client, String id, String content) {
    try {
      return submitted.enter(client, id, content, exchange.policy.lockTimeoutMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private EnforcementResult serveFirst(
      Exchange exchange, Submission submission, AnsweredPage page, FilterChain chain)
      throws IOException, ServletException {
    boolean settled = false;
    try {
      EnforcementResult result = writes.serve(exchange, chain);
      RecordedSubmit answer = result.submit();
      if (answer != null) {
        ClientIdentity after = ClientIdentity.of(exchange.request);
        long number = page.origin.page();
        settled = AsyncSubmit.awaits(exchange.request, submission, answer, after, number);
        if (!settled && answer.isSuccess()) {
          settled = true;
          submission.done(after, number, answer);
        }
      }
      return result;
    } finally {
      if (!settled) {
        submission.failed();
      }
    }
  }

  /**
   * Returns whether the response replaces the page. A script that stays on its page may submit the
   * same content again on purpose.
   */
  public static boolean isNavigation(HttpServletRequest request) {
    String mode = request.getHeader("Sec-Fetch-Mode");
    if (mode != null) {
      return mode.equals("navigate");
    }
    String accept = request.getHeader("Accept");
    return request.getHeader("X-Requested-With") == null
        && request.getHeader("Faces-Request") == null
        && (accept == null || accept.toLowerCase(Locale.ROOT).contains("html"));
  }
}
