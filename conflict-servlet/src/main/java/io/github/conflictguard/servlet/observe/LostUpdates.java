package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.history.LastWrites.Written;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import org.jspecify.annotations.Nullable;

/** Counts, logs and reports lost updates, and records the writes that may be lost. */
final class LostUpdates {

  /** The value for a time that is not known. */
  static final long UNKNOWN = -1;

  private final ConflictEvents events;
  private final Explainer explainer;

  LostUpdates(ConflictEvents events, Explainer explainer) {
    this.events = events;
    this.explainer = explainer;
  }

  /**
   * Counts a lost update.
   *
   * @param problem the response to the write in mode {@code protect}, or to the same write with a
   *     precondition
   * @param base when the state began to be read on which the write is based, on the clock of
   *     writes; {@link #UNKNOWN} if that is not known
   * @param overwritten the write whose change is lost; null when it was made elsewhere
   */
  void count(Exchange exchange, ProblemDetail problem, long base, @Nullable Written overwritten) {
    long baseTime = base < 0 ? UNKNOWN : WriteCounters.millisOf(base);
    exchange.policy.tally.lostUpdates.increment();
    events.tell(
        new LostUpdateEvent(
            problem,
            exchange.request.getMethod(),
            exchange.target.key().toString(),
            exchange.policy.ruleName(),
            overwritten == null ? null : overwritten.instant,
            explainer.lostUpdate(exchange.facts(), baseTime, overwritten != null)),
        () ->
            "Lost update: record "
                + plain(exchange.target.key().toString())
                + ", "
                + exchange.request.getMethod()
                + ' '
                + plain(problem.resource())
                + ", "
                + (exchange.policy.isOfRule() ? "rule " + exchange.policy.ruleName() : "no rule")
                + ", instance "
                + problem.instance()
                + ": overwrites "
                + (overwritten == null
                    ? "a change that was made elsewhere"
                    : "the write of " + overwritten.instant)
                + ", which its client has not seen");
  }

  /** Records a write that has stored something, after it was counted if it lost an update. */
  void written(Exchange exchange) {
    explainer.written(exchange.facts(), exchange.response);
  }

  /**
   * Replaces spaces, commas, control and non-ASCII characters, so that clients cannot end a value
   * or a line of the log.
   */
  private static String plain(String value) {
    return value.replaceAll("[^!-+\\--~]", "?");
  }
}
