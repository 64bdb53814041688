package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.history.LastWrites.Written;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Counts lost updates and writes them to the log. */
final class LostUpdates {

  private static final Logger LOG = FilterNames.log();

  private LostUpdates() {}

  /**
   * Counts a lost update.
   *
   * @param problem what the write would have been answered with in mode {@code protect}, or would
   *     have been if it had carried a precondition
   * @param overwritten the write whose change is lost; null when it was made elsewhere
   */
  static void count(Exchange exchange, ProblemDetail problem, @Nullable Written overwritten) {
    exchange.policy.tally.lostUpdates.increment();
    LOG.info(
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

  /** Clients choose neither the end of a value nor that of the line. */
  private static String plain(String value) {
    return value.replaceAll("[^!-+\\--~]", "?");
  }
}
