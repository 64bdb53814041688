package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the server has now for the target of a request: the other side of every precondition.
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
   * @param lastModified its modification date, cut to whole seconds as in HTTP (5.6.7); null when
   *     it has none
   */
  public static SelectedRepresentation present(
      @Nullable EntityTag tag, @Nullable Instant lastModified) {
    return new SelectedRepresentation(
        State.PRESENT, tag, inSeconds(lastModified), DateQuality.KNOWN);
  }

  /**
   * Nobody can say whether something is there; if so, it has this tag. {@code *}, which asks
   * whether something is there, holds neither in If-Match nor in If-None-Match. Its date is not
   * known either.
   */
  public static SelectedRepresentation perhapsPresent(EntityTag tag) {
    return new SelectedRepresentation(State.UNCERTAIN, tag, null, DateQuality.UNKNOWN);
  }

  /** Nobody can say what is there: no precondition holds, so that none is passed by mistake. */
  public static SelectedRepresentation unreadable() {
    return UNREADABLE;
  }

  /** The same state under another tag. */
  public SelectedRepresentation withTag(EntityTag other) {
    return new SelectedRepresentation(state, other, lastModified, quality);
  }

  /**
   * Returns the same state with another modification date.
   *
   * @param date null when it is known that there is none
   */
  public SelectedRepresentation withLastModified(@Nullable Instant date) {
    return new SelectedRepresentation(state, tag, inSeconds(date), DateQuality.KNOWN);
  }

  /**
   * Returns the same state, changed more than once in the second of its modification date. That
   * date does not tell the changes apart (8.8.2.2).
   */
  public SelectedRepresentation withWeakDate() {
    return new SelectedRepresentation(state, tag, lastModified, DateQuality.WEAK);
  }

  /** Returns the same state with a modification date that is not known: no date holds. */
  public SelectedRepresentation withUnknownDate() {
    return new SelectedRepresentation(state, tag, null, DateQuality.UNKNOWN);
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

  /** Whether it is known which modification date there is, or that there is none. */
  public boolean isDateKnown() {
    return quality != DateQuality.UNKNOWN;
  }

  /** Whether it was changed more than once in the second of its modification date (8.8.2.2). */
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
