package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The current state of the target of a request, against which preconditions are evaluated.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SelectedRepresentation {

  private static final SelectedRepresentation ABSENT =
      new SelectedRepresentation(State.ABSENT, null, null, DateQuality.KNOWN);
  private static final SelectedRepresentation UNTAGGED =
      new SelectedRepresentation(State.PRESENT, null, null, DateQuality.KNOWN);
  private static final SelectedRepresentation UNREADABLE =
      new SelectedRepresentation(State.UNREADABLE, null, null, DateQuality.UNKNOWN);

  private final State state;
  private final @Nullable EntityTag tag;
  private final @Nullable Instant lastModified;
  private final DateQuality quality;

  private SelectedRepresentation(
      State state, @Nullable EntityTag tag, @Nullable Instant lastModified, DateQuality quality) {
    this.state = state;
    this.tag = tag;
    this.lastModified = lastModified;
    this.quality = quality;
  }

  /** Returns the state of a resource that does not exist. */
  public static SelectedRepresentation absent() {
    return ABSENT;
  }

  /** Returns the state of a resource that has neither an entity tag nor a modification date. */
  public static SelectedRepresentation untagged() {
    return UNTAGGED;
  }

  /**
   * Returns the state of a resource that exists.
   *
   * @param tag its entity tag; null when it has none
   * @param lastModified its modification date, truncated to whole seconds as in HTTP (5.6.7); null
   *     when it has none
   */
  public static SelectedRepresentation present(
      @Nullable EntityTag tag, @Nullable Instant lastModified) {
    return new SelectedRepresentation(
        State.PRESENT, tag, inSeconds(lastModified), DateQuality.KNOWN);
  }

  /**
   * Returns the state of a resource whose existence is unknown, with the tag it has if it exists.
   * {@code *}, which tests for existence, holds neither in If-Match nor in If-None-Match. The
   * modification date is unknown, too.
   */
  public static SelectedRepresentation perhapsPresent(EntityTag tag) {
    return new SelectedRepresentation(State.UNCERTAIN, tag, null, DateQuality.UNKNOWN);
  }

  /** Returns a state that is unknown: no precondition holds, so that none passes by mistake. */
  public static SelectedRepresentation unreadable() {
    return UNREADABLE;
  }

  /** Returns the same state with another tag. */
  public SelectedRepresentation withTag(EntityTag other) {
    return new SelectedRepresentation(state, other, lastModified, quality);
  }

  /**
   * Returns the same state with another modification date.
   *
   * @param date null when there is no modification date
   */
  public SelectedRepresentation withLastModified(@Nullable Instant date) {
    return new SelectedRepresentation(state, tag, inSeconds(date), DateQuality.KNOWN);
  }

  /**
   * Returns the same state, changed more than once in the second of its modification date. That
   * date does not distinguish the changes (8.8.2.2).
   */
  public SelectedRepresentation withWeakDate() {
    return new SelectedRepresentation(state, tag, lastModified, DateQuality.WEAK);
  }

  /**
   * Returns the same state with an unknown modification date: no precondition with a date holds.
   */
  public SelectedRepresentation withUnknownDate() {
    return new SelectedRepresentation(state, tag, null, DateQuality.UNKNOWN);
  }

  /** Returns whether the resource is known to exist. */
  public boolean isPresent() {
    return state == State.PRESENT;
  }

  /** Returns whether the resource is known not to exist. */
  public boolean isAbsent() {
    return state == State.ABSENT;
  }

  /** Returns whether the state is unknown. */
  public boolean isUnreadable() {
    return state == State.UNREADABLE;
  }

  /**
   * Returns the entity tag; null when there is no representation, when it has no tag, or when the
   * state is unknown.
   */
  public @Nullable EntityTag tag() {
    return tag;
  }

  /**
   * Returns the modification date; null when there is no representation, when it has no date, or
   * when the state is unknown.
   */
  public @Nullable Instant lastModified() {
    return lastModified;
  }

  /** Returns whether the modification date, or its absence, is known. */
  public boolean isDateKnown() {
    return quality != DateQuality.UNKNOWN;
  }

  /**
   * Returns whether the resource was changed more than once in the second of its modification date
   * (8.8.2.2).
   */
  public boolean isDateWeak() {
    return quality == DateQuality.WEAK;
  }

  @Override
  public String toString() {
    return state + " " + tag + " " + lastModified + " " + quality;
  }

  private static @Nullable Instant inSeconds(@Nullable Instant date) {
    return date == null ? null : date.truncatedTo(ChronoUnit.SECONDS);
  }

  private enum State {
    ABSENT,
    PRESENT,
    UNCERTAIN,
    UNREADABLE
  }

  private enum DateQuality {
    KNOWN,
    WEAK,
    UNKNOWN
  }
}
