package io.github.conflictguard.classify.evidence;

import io.github.conflictguard.classify.CauseGraph;
import java.util.List;

/** One way to read throwables. Has no state. */
@FunctionalInterface
public interface Evidence {

  /**
   * Weighs what a {@link CauseGraph} has found.
   *
   * @param throwables from the outside to the inside, the thrown one first
   */
  Verdict weigh(List<Throwable> throwables);
}
