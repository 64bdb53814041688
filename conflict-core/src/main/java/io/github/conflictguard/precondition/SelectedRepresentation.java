package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server has now for the target of a request: the other side of every precondition.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SelectedRepresentation {

  private static final SelectedRepresentation ABSENT =
      new SelectedRepresentation(State.ABSENT, null, null);
  private static final SelectedRepresentation UNTAGGED =
      new SelectedRepresentation(State.PRESENT, null, null);
  private static final SelectedRepresentation UNREADABLE =
      new SelectedRepresentation(State.UNREADABLE, null, null);

  private final State state;
  private final @Nullable EntityTag tag;
  private final @Nullable Instant lastModified;

  private SelectedRepresentation(
      State state, @Nullable EntityTag tag, @Nullable Instant lastModified) {
    this.state = state;
    this.tag = tag;
    this.lastModified = lastModified;
  }

  /** Nothing is there. */
  public static SelectedRepresentation absent() {
    return ABSENT;
  }

  /** Something is there, and it has neither an entity tag nor a date. */
  public static SelectedRepresentation untagged() {
    return UNTAGGED;
  }

  /**
   * Something is there.
   *
   * @param tag its entity tag; null when it has none
   * @param lastModified its modification date, in whole seconds; null when it has none
   */
  public static SelectedRepresentation present(
      @Nullable EntityTag tag, @Nullable Instant lastModified) {
    return new SelectedRepresentation(State.PRESENT, tag, lastModified);
  }

  /**
   * Nobody can say whether something is there; if so, it has this tag. {@code *}, which asks
   * whether something is there, holds neither in If-Match nor in If-None-Match.
   */
  public static SelectedRepresentation perhapsPresent(EntityTag tag) {
    return new SelectedRepresentation(State.UNCERTAIN, tag, null);
  }

  /** Nobody can say what is there: no precondition holds, so that none is passed by mistake. */
  public static SelectedRepresentation unreadable() {
    return UNREADABLE;
  }

  /** The same state under another tag. */
  public SelectedRepresentation withTag(EntityTag other) {
    return new SelectedRepresentation(state, other, lastModified);
  }

  /** Whether something is known to be there. */
  public boolean isPresent() {
    return state == State.PRESENT;
  }

  /** Whether it is known that nothing is there. */
  public boolean isAbsent() {
    return state == State.ABSENT;
  }

  /** Whether nobody can say what is there. */
  public boolean isUnreadable() {
    return state == State.UNREADABLE;
  }

  /** The entity tag; null when nothing is there, when it has none, or when nobody can say. */
  public @Nullable EntityTag tag() {
    return tag;
  }

  /** The modification date; null when nothing is there, when it has none, or nobody can say. */
  public @Nullable Instant lastModified() {
    return lastModified;
  }

  @Override
  public String toString() {
    return state + " " + tag + " " + lastModified;
  }

  private enum State {
    ABSENT,
    PRESENT,
    UNCERTAIN,
    UNREADABLE
  }
}
