package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.history.LastWrites.Written;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Counts and logs lost updates. */
final class LostUpdates {

  private static final Logger LOG = FilterNames.log();

  private LostUpdates() {}

  /**
   * Counts a lost update.
   *
   * @param problem the response to the write in mode {@code protect}, or to the same write with a
   *     precondition
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

  /**
   * Replaces spaces, commas, control and non-ASCII characters, so that clients cannot end a value
   * or a line of the log.
   */
  private static String plain(String value) {
    return value.replaceAll("[^!-+\\--~]", "?");
  }
}
