package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.enforcement.CurrentStates;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.enforcement.FilterResponses;
import io.github.conflictguard.servlet.enforcement.FormSubmission;
import io.github.conflictguard.servlet.enforcement.OnceOnlySubmit;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedSubmission;
import io.github.conflictguard.servlet.form.PageView;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.history.LastWrites.Noted;
import io.github.conflictguard.servlet.history.LastWrites.Written;
import io.github.conflictguard.servlet.idempotency.SubmissionFingerprint;
import io.github.conflictguard.servlet.observe.ObservedKey.Decision;
import io.github.conflictguard.servlet.observe.ObservedOutcome.Effect;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rule.FormSpec.Resubmit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A form that is executed while it is determined what mode {@code protect} would have done with it.
 * It is evaluated again when the application has finished: of several concurrent saves one would
 * have been executed, and the others would have been stale. Not thread-safe.
 */
final class ObservedFormWrite {

  private final Exchange exchange;
  private final ObservedSubmission sent;
  private final PageView answer;
  private final ObservedWrites writes;
  private final CurrentStates states;
  private final FilterResponses responses;
  private final FormSubmission.AskedPages pages;
  private final List<Judged> possible = new ArrayList<>();
  private final ProblemDetail problem;

  /** Whether the idempotency key has decided about the write. */
  private boolean decided;

  private boolean missing;
  private boolean repeated;
  private boolean refused;
  private boolean undecided;
  private boolean carriedOut;
  private Runnable lost = () -> {};
  private long begin;
  private long began;

  ObservedFormWrite(
      Exchange exchange,
      ObservedSubmission sent,
      PageView answer,
      ObservedWrites writes,
      CurrentStates states,
      FilterResponses responses) {
    this.exchange = exchange;
    this.sent = sent;
    this.answer = answer;
    this.writes = writes;
    this.states = states;
    this.responses = responses;
    this.pages = new FormSubmission.AskedPages(exchange, states);
    this.problem = exchange.problems.staleForm(exchange.request);
  }

  /**
   * Executes the write.
   *
   * @param ofKey what its idempotency key has decided: where that is not nothing, the form is not
   *     judged
   */
  void serve(Decision ofKey, FilterChain chain, BodyRewriter.@Nullable Choice pages)
      throws IOException, ServletException {
    decided = ofKey != Decision.NONE;
    repeated = ofKey == Decision.REPEATED;
    refused = ofKey == Decision.REFUSED;
    String content =
        !decided
                && exchange.policy.resubmit() != Resubmit.ALLOW
                && OnceOnlySubmit.isNavigation(exchange.request)
            ? SubmissionFingerprint.of(exchange.request)
            : null;
    if (content != null) {
      sent.begin(content, answer);
    }
    begin = writes.tick();
    if (!repeated) {
      List<Long> times = sent.times();
      for (SubmittedToken each : sent.all()) {
        possible.add(new Judged(each, times.get(possible.size())));
      }
    }
    PreconditionDecision admitted =
        PreconditionEvaluator.admit(
            exchange.target.method(), exchange.conditions, exchange.isPreconditionMissing());
    missing = admitted.outcome() == Outcome.REQUIRED;
    judge().run();
    began = System.nanoTime();
    ObservedOutcome.of(exchange, chain, pages, this::ended);
  }

  /** Returns whether mode {@code protect} would have refused the write. */
  boolean isRefused() {
    return refused;
  }

  /** Decides what is certain by now, whatever the outcome of the write is. The result counts it. */
  private Runnable judge() {
    if (repeated || refused || undecided) {
      return () -> {};
    }
    int stale = 0;
    for (Judged each : possible) {
      stale += each.compareNow() ? 1 : 0;
    }
    if (sent.isRepeated()) {
      repeated = true;
      return this::countRepetition;
    } else if (missing) {
      refused = true;
      return () -> count(exchange.problems.formWithoutVersion(exchange.request), true);
    } else if (sent.isMaybeRepeated()
        || (stale > 0 && stale < possible.size())
        || (stale == 0 && !sent.isComplete())) {
      undecided = true;
      return exchange.policy.tally.undecided::increment;
    } else if (stale > 0) {
      refused = true;
      return () -> count(problem, false);
    }
    return () -> {};
  }

  private void count(ProblemDetail refusal, boolean required) {
    (required ? exchange.policy.tally.required : exchange.policy.tally.failed).increment();
    responses.observe(exchange, refusal, Found.PRECONDITION);
  }

  private void ended(Effect effect) {
    boolean stored = effect == Effect.STORED;
    if (!stored || isDownload()) {
      sent.failed();
    }
    SelectedRepresentation state = exchange.policy.state(exchange.target);
    Runnable counted;
    synchronized (writes.monitorOf(exchange.target)) {
      // Another write may have preceded this one while it was executed.
      counted = judge();
      if (effect != Effect.NONE) {
        written(stored, state);
      }
    }
    // Not under the monitor: listeners of the application may take their time.
    counted.run();
    lost.run();
    if (carriedOut) {
      writes.lostUpdates().written(exchange);
    }
  }

  private void written(boolean stored, @Nullable SelectedRepresentation state) {
    if (!repeated && !refused) {
      forms().written(exchange.target, sent.carried(), answer, state);
    }
    if (stored) {
      states.noteWritten(exchange, System.nanoTime() - began);
    }
    Noted noted = writes.carriedOut(exchange);
    if (stored && !repeated && !countLoss(noted.before) && !undecided && !decided) {
      exchange.policy.tally.undecided.increment();
    }
    sent.stored(answer, noted.time);
    carriedOut = stored;
  }

  private void countRepetition() {
    if (exchange.policy.resubmit() == Resubmit.REPLAY) {
      exchange.policy.tally.replayed.increment();
      forms().repeated(exchange.target, sent.firstAnswer(), answer);
    } else {
      responses.observe(
          exchange, exchange.problems.duplicateSubmit(exchange.request), Found.PRECONDITION);
    }
  }

  /**
   * Counts a lost update if there certainly is one.
   *
   * @return false if that cannot be determined
   */
  private boolean countLoss(@Nullable Written before) {
    if (!exchange.policy.canLoseUpdates(exchange.versionSent)) {
      return true;
    }
    int stale = 0;
    boolean overwritten = false;
    for (Judged each : possible) {
      boolean later = before != null && before.time > each.time;
      overwritten |= later;
      stale += each.isStale || (later && !each.isSameByValues) ? 1 : 0;
    }
    if (stale == possible.size()) {
      long base = possible.isEmpty() ? LostUpdates.UNKNOWN : possible.get(0).time;
      Written known = overwritten ? before : null;
      lost = () -> writes.lostUpdates().count(exchange, problem, base, known);
      return true;
    }
    return stale == 0;
  }

  /**
   * Returns whether the response is a file download, which leaves the page in place and may be
   * requested again.
   */
  private boolean isDownload() {
    String disposition = exchange.response.getHeader("Content-Disposition");
    return disposition != null
        && disposition.trim().toLowerCase(Locale.ROOT).startsWith("attachment");
  }

  private Forms forms() {
    return writes.forms().forms();
  }

  /** The evaluation of the form as if it came from one of its possible pages. */
  private final class Judged {

    /** When the page began, or when a write last came from it. */
    final long time;

    final boolean isByTime;
    final boolean isSameByValues;
    boolean isStale;

    Judged(SubmittedToken carried, long time) throws IOException {
      this.time = time;
      this.isByTime = forms().isByTime(carried, exchange.target);
      // A change made only by writes that would have been refused does not count.
      boolean byRefused = isByTime && writes.isWrittenSince(exchange.target, time);
      this.isStale =
          !byRefused
              && exchange.policy.judgesForms()
              && !new FormSubmission(exchange, carried, false, pages, forms()).compare();
      this.isSameByValues = exchange.policy.judgesForms() && !isStale && !isByTime;
    }

    /**
     * Compares the form with the writes so far.
     *
     * @return whether another write has preceded this one, or has ended while it was executed
     */
    boolean compareNow() {
      if (!exchange.policy.judgesForms()) {
        return false;
      }
      // The content of pages was compared before; a page that shows this write is not another
      // write.
      isStale |= !writes.forms().isCurrent(exchange.target, isByTime ? time : begin);
      return isStale;
    }
  }
}
