package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.rule.RuleMatch;

/**
 * Knows the state of a resource without asking the application. Implementations are safe for use by
 * several threads.
 */
public interface StateSource {

  /**
   * The state at this moment. On a read it is asked before the application runs: a tag that is
   * older than the answer costs a refusal, one that is newer would cost an update.
   *
   * @return unreadable when it cannot be found out
   */
  SelectedRepresentation read(RuleMatch target);

  /** Told when a write has ended, still under its lock, unless it was certainly refused. */
  default void written(RuleMatch target) {}
}
