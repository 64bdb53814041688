package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.rule.RuleMatch;

/**
 * A source of the state of a resource that does not call the application. Implementations are
 * thread-safe.
 */
public interface StateSource {

  /**
   * Returns the current state. On a read it is called before the application runs: a tag that is
   * older than the response causes a refusal, whereas a newer one would cause a lost update.
   *
   * @return the state; unreadable if it cannot be determined
   */
  SelectedRepresentation read(RuleMatch target);

  /** Called when a write has ended, still under its lock, unless it was certainly refused. */
  default void written(RuleMatch target) {}
}
