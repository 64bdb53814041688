package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Thrown by an application when the state of an object does not allow the operation, for example a
 * change of an order that is already shipped. {@code ConflictFilter} turns it into a 409 response.
 *
 * <p>State and transitions are codes of the application that are sent to clients. They must not
 * contain data of other users.
 */
public final class WrongStateException extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1L;

  private final String state;

  @SuppressWarnings("serial") // An unmodifiable ArrayList, which is serializable.
  private final List<String> allowedTransitions;

  /**
   * Creates an exception with the current state, and the transitions that are possible instead.
   *
   * @param allowedTransitions in the order in which they are offered; may be empty
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

  /** Returns the state of the object. */
  public String state() {
    return state;
  }

  /** Returns the transitions that are possible in this state, as an unmodifiable list. */
  public List<String> allowedTransitions() {
    return allowedTransitions;
  }
}
