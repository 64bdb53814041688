package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTag;
import org.jspecify.annotations.Nullable;

/**
 * What the server has now for the target of a request: the other side of every precondition.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SelectedRepresentation {

  private static final SelectedRepresentation ABSENT =
      new SelectedRepresentation(State.ABSENT, null);
  private static final SelectedRepresentation UNTAGGED =
      new SelectedRepresentation(State.PRESENT, null);
  private static final SelectedRepresentation UNREADABLE =
      new SelectedRepresentation(State.UNREADABLE, null);

  private final State state;
  private final @Nullable EntityTag tag;

  private SelectedRepresentation(State state, @Nullable EntityTag tag) {
    this.state = state;
    this.tag = tag;
  }

  /** Nothing is there. */
  public static SelectedRepresentation absent() {
    return ABSENT;
  }

  /** Something is there, and it has no entity tag. */
  public static SelectedRepresentation untagged() {
    return UNTAGGED;
  }

  /** Something is there, and this is its entity tag. */
  public static SelectedRepresentation tagged(EntityTag tag) {
    return new SelectedRepresentation(State.PRESENT, tag);
  }

  /** Nobody can say what is there: no precondition holds, so that none is passed by mistake. */
  public static SelectedRepresentation unreadable() {
    return UNREADABLE;
  }

  /** Whether something is known to be there. */
  public boolean isPresent() {
    return state == State.PRESENT;
  }

  /** Whether nobody can say what is there. */
  public boolean isUnreadable() {
    return state == State.UNREADABLE;
  }

  /** The entity tag; null when nothing is there, when it has none, or when nobody can say. */
  public @Nullable EntityTag tag() {
    return tag;
  }

  @Override
  public String toString() {
    return tag == null ? state.toString() : state + " " + tag;
  }

  private enum State {
    ABSENT,
    PRESENT,
    UNREADABLE
  }
}
