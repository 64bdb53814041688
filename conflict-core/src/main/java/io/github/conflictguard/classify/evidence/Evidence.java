package io.github.conflictguard.classify.evidence;

import io.github.conflictguard.classify.CauseGraph;
import java.util.List;

/** One way to classify throwables. Implementations are stateless. */
@FunctionalInterface
public interface Evidence {

  /**
   * Evaluates the throwables that a {@link CauseGraph} has found.
   *
   * @param throwables from the outermost to the innermost, the thrown one first
   */
  Verdict weigh(List<Throwable> throwables);
}
