package io.github.conflictguard.conflict;

import java.util.List;

/** One way to read throwables. Has no state. */
@FunctionalInterface
interface Evidence {

  /**
   * Weighs what a {@link CauseWalk} has found.
   *
   * @param throwables from the outside to the inside, the thrown one first
   */
  Verdict weigh(List<Throwable> throwables);
}
