package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.attribution.FieldDigests;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.history.LastWrites.Written;
import io.github.conflictguard.servlet.monitor.CollisionRecorder;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Counts, logs and reports lost updates, and records the writes that may be lost. */
final class LostUpdates {

  private final ConflictEvents events;

  LostUpdates(ConflictEvents events) {
    this.events = events;
  }

  /**
   * Counts a lost update.
   *
   * @param problem the response to the write in mode {@code protect}, or to the same write with a
   *     precondition
   * @param overwritten the write whose change is lost; null when it was made elsewhere
   */
  void count(Exchange exchange, ProblemDetail problem, @Nullable Written overwritten) {
    exchange.policy.tally.lostUpdates.increment();
    String key = exchange.target.key().toString();
    Collision.Builder collision =
        overwritten == null
            ? events.collisions().of(exchange.request)
            : events
                .collisions()
                .explain(
                    exchange.request,
                    key,
                    CollisionRecorder.UNKNOWN,
                    null,
                    fieldsOf(exchange.request));
    events.tell(
        new LostUpdateEvent(
            problem,
            exchange.request.getMethod(),
            key,
            exchange.policy.ruleName(),
            overwritten == null ? null : overwritten.instant,
            collision.build()),
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
    events
        .collisions()
        .written(
            exchange.request,
            exchange.target.key().toString(),
            exchange.policy.ruleName(),
            fieldsOf(exchange.request),
            null);
  }

  private static @Nullable FieldDigests fieldsOf(HttpServletRequest request) {
    BufferedRequest form = request instanceof BufferedRequest ? (BufferedRequest) request : null;
    return form == null || !form.isFormKnown() ? null : FieldDigests.ofParameters(form.fields());
  }

  /**
   * Replaces spaces, commas, control and non-ASCII characters, so that clients cannot end a value
   * or a line of the log.
   */
  private static String plain(String value) {
    return value.replaceAll("[^!-+\\--~]", "?");
  }
}
