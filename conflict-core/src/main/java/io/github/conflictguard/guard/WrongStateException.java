package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Thrown by an application when the state of a thing does not allow the operation: a shipped order
 * that is to be changed. {@code ConflictFilter} answers it with 409.
 *
 * <p>State and transitions are codes of the application, meant for clients. Nothing in them may be
 * another user's.
 */
public final class WrongStateException extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1L;

  private final String state;

  @SuppressWarnings("serial") // An unmodifiable ArrayList, which is serializable.
  private final List<String> allowedTransitions;

  /**
   * Reports the state that a thing is in, and what could be done with it instead.
   *
   * @param allowedTransitions in the order in which they are to be offered; may be empty
   */
  public WrongStateException(String state, Collection<String> allowedTransitions) {
    super("state " + state + " allows " + allowedTransitions);
    this.state = state;
    this.allowedTransitions = Collections.unmodifiableList(new ArrayList<>(allowedTransitions));
  }

  @Override
  public ConflictKind kind() {
    return ConflictKind.WRONG_STATE;
  }

  /** The state that the thing is in. */
  public String state() {
    return state;
  }

  /** What is possible in this state. Unmodifiable. */
  public List<String> allowedTransitions() {
    return allowedTransitions;
  }
}
