package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.client.ObservedClient;
import io.github.conflictguard.servlet.enforcement.CurrentStates;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.enforcement.FilterResponses;
import io.github.conflictguard.servlet.enforcement.WriteJudgement;
import io.github.conflictguard.servlet.history.LastReads.Seen;
import io.github.conflictguard.servlet.history.LastWrites.Noted;
import io.github.conflictguard.servlet.history.LastWrites.Written;
import io.github.conflictguard.servlet.observe.ObservedKey.Decision;
import io.github.conflictguard.servlet.observe.ObservedOutcome.Effect;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A write that is executed while it is determined what mode {@code protect} would have done with
 * it, and whether it overwrites a change. Not thread-safe.
 */
final class ObservedWrite {

  /**
   * The methods that replace a resource. A POST is only known to be a write where a rule declares
   * it.
   */
  private static final Set<String> REPLACING =
      new HashSet<>(Arrays.asList("PUT", "PATCH", "DELETE"));

  private final Exchange exchange;
  private final boolean dropped;
  private final ObservedWrites writes;
  private final ObservedReads reads;
  private final WriteJudgement judgement;
  private final CurrentStates states;
  private final FilterResponses responses;
  private final boolean guarded;
  private final ObservedClient client;

  /** Whether its idempotency key has decided about it. */
  private boolean decided;

  private boolean refused;

  /**
   * Creates a write.
   *
   * @param dropped whether its form may come from a page that is not known any more
   */
  ObservedWrite(
      Exchange exchange,
      boolean dropped,
      ObservedWrites writes,
      ObservedReads reads,
      WriteJudgement judgement,
      CurrentStates states,
      FilterResponses responses) {
    this.exchange = exchange;
    this.dropped = dropped;
    this.writes = writes;
    this.reads = reads;
    this.judgement = judgement;
    this.states = states;
    this.responses = responses;
    this.guarded = exchange.conditions.concernWrites();
    this.client = ObservedClient.of(exchange.request);
  }

  /**
   * Executes the write.
   *
   * @param ofKey what its idempotency key has decided: where that is not nothing, mode {@code
   *     protect} would have left its precondition unread
   */
  void serve(Decision ofKey, FilterChain chain, BodyRewriter.@Nullable Choice pages)
      throws IOException, ServletException {
    decided = ofKey != Decision.NONE;
    if (decided) {
      refused = ofKey == Decision.REFUSED;
    } else {
      count(judge());
    }
    long began = System.nanoTime();
    Seen seen = canLoseUpdates() ? reads.of(client, exchange) : null;
    boolean changed = seen != null && isChanged(seen);
    ObservedOutcome.of(exchange, chain, pages, effect -> ended(seen, changed, effect, began));
  }

  /** Returns whether mode {@code protect} would have refused the write. */
  boolean isRefused() {
    return refused;
  }

  private void count(PreconditionDecision decision) {
    if (!guarded) {
      (isUndecided() ? exchange.policy.tally.undecided : exchange.policy.tally.unguarded)
          .increment();
    }
    if (decision.outcome() == Outcome.FAILED) {
      exchange.policy.tally.failed.increment();
    } else if (decision.outcome() == Outcome.REQUIRED) {
      exchange.policy.tally.required.increment();
    }
    refused = decision.outcome() != Outcome.PROCEED;
    if (refused) {
      responses.observe(
          exchange,
          exchange.problems.precondition(exchange.request, exchange.conditions, decision, null),
          Found.PRECONDITION);
    }
  }

  private PreconditionDecision judge() {
    PreconditionDecision admitted =
        PreconditionEvaluator.admit(
            exchange.target.method(), exchange.conditions, exchange.isPreconditionMissing());
    if (isUndecided() && admitted.outcome() == Outcome.REQUIRED) {
      return PreconditionDecision.proceed();
    }
    if (WriteJudgement.mayBeOfApplication(exchange, admitted)) {
      return exchange.policy.leavesJudgement() || !guarded
          ? PreconditionDecision.proceed()
          : judgement.evaluate(exchange, false).decision;
    }
    return guarded && admitted.outcome() == Outcome.PROCEED && !exchange.policy.leavesJudgement()
        ? judgement.evaluate(exchange, false).decision
        : admitted;
  }

  private void ended(@Nullable Seen seen, boolean changed, Effect effect, long began) {
    if (effect == Effect.NONE) {
      return;
    }
    boolean stored = effect == Effect.STORED;
    if (stored) {
      states.noteWritten(exchange, System.nanoTime() - began);
    }
    if (!refused && !decided) {
      writes.letThrough(exchange.target);
    }
    Noted noted = writes.carriedOut(exchange);
    if (stored && canLoseUpdates()) {
      Written before = noted.before;
      boolean later = seen != null && before != null && before.time > seen.time;
      boolean maybeLater =
          before != null && (seen == null || (!client.isKnown() && before.time > seen.firstTime));
      if (seen != null && (later || changed)) {
        writes
            .lostUpdates()
            .count(
                exchange,
                exchange.problems.staleForm(exchange.request),
                seen.time,
                later ? before : null);
      } else if (maybeLater && !decided && !isUndecided()) {
        exchange.policy.tally.undecided.increment();
      }
    }
    if (stored) {
      writes.lostUpdates().written(exchange);
    }
    SelectedRepresentation state = exchange.policy.state(exchange.target);
    EntityTag tag = state == null ? null : state.tag();
    reads.note(ObservedClient.afterwards(exchange.request), exchange, Seen.at(noted.time, tag));
  }

  /** Returns whether the write may have the token of a form, or may not. */
  private boolean isUndecided() {
    return dropped && !guarded;
  }

  private boolean canLoseUpdates() {
    return !guarded
        && exchange.policy.canLoseUpdates(exchange.versionSent)
        && (exchange.policy.isOfRule() || REPLACING.contains(exchange.target.method()));
  }

  /** Returns whether the record was changed since it was seen, by any write. */
  private boolean isChanged(Seen seen) {
    if (exchange.policy.knowsStates()) {
      SelectedRepresentation now = exchange.policy.state(exchange.target);
      EntityTag tag = now == null ? null : now.tag();
      return seen.tag != null && tag != null && !tag.matchesWeakly(seen.tag);
    }
    if (seen.checksum == null || !Objects.equals(ObservedReads.askedAs(exchange), seen.shownAs)) {
      return false;
    }
    Long now = states.checksum(exchange, seen.ofCharacters);
    return now != null && !now.equals(seen.checksum);
  }
}
