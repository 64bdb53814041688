package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.ResourceKey;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which modification dates the application has shown, and when the resources were
 * written.
 *
 * <p>Two questions are answered from it. Which date belongs to a state whose tag does not come from
 * the application: the one that was shown with that very state. And whether a date is weak (RFC
 * 9110, 8.8.2.2), because the resource was written again in the same second.
 *
 * <p>Bounded: one entry for each place, and the newer resource displaces the older one. A date that
 * was displaced is unknown, and refuses a write. Safe for use by several threads.
 */
public final class ModificationDates {

  private static final int PLACES = 16 * 1024;

  /** The names of resources are kept, so they must not be long. */
  private static final int LONGEST_NAME = 512;

  private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);

  /**
   * Notes the date of an answer to a read.
   *
   * @param state the tag of the state that was read before the application answered; null where the
   *     tag comes from the answer
   * @param date null when the answer has none
   */
  public void shown(ResourceKey key, @Nullable EntityTag state, @Nullable Instant date) {
    if (state != null || date != null) {
      change(key, entry -> entry.shown(state, date, System.nanoTime()));
    }
  }

  /**
   * Notes a write that ends now.
   *
   * @param duration how long it took, in nanoseconds
   */
  public void written(ResourceKey key, long duration) {
    long began = System.nanoTime() - duration;
    long until = System.currentTimeMillis();
    Seconds seconds = new Seconds(until - TimeUnit.NANOSECONDS.toMillis(duration), until);
    change(key, entry -> entry.written(began, seconds));
  }

  /**
   * Adds the date that was shown with a state to it, or that the date is not known.
   *
   * @param state one that has no date
   */
  public SelectedRepresentation dated(ResourceKey key, SelectedRepresentation state) {
    EntityTag tag = state.tag();
    Entry entry = find(key);
    EntityTag shown = entry == null ? null : entry.state;
    return entry != null && tag != null && shown != null && tag.equals(shown)
        ? state.withLastModified(entry.date)
        : state.withUnknownDate();
  }

  /**
   * Marks the date of a state as weak where it is.
   *
   * @param ofRule whether a rule names the writes of the resource: then each of them has changed
   *     it, whatever the clock of the application
   */
  public SelectedRepresentation weighed(
      ResourceKey key, SelectedRepresentation state, boolean ofRule) {
    Instant date = state.lastModified();
    return date != null && isWeak(key, date, ofRule) ? state.withWeakDate() : state;
  }

  /** Whether a resource was written more than once in the second of a date. */
  public boolean isWeak(ResourceKey key, Instant date, boolean ofRule) {
    Entry entry = find(key);
    return entry != null
        && ((ofRule && entry.outlived && date.equals(entry.date))
            || (contains(entry.last, date) && contains(entry.lastButOne, date)));
  }

  private static boolean contains(@Nullable Seconds seconds, Instant date) {
    return seconds != null && seconds.contain(date);
  }

  private @Nullable Entry find(ResourceKey key) {
    Entry entry = places.get(place(key));
    return entry != null && entry.key.equals(key) ? entry : null;
  }

  private void change(ResourceKey key, UnaryOperator<Entry> change) {
    if (key.toString().length() > LONGEST_NAME) {
      return;
    }
    places.updateAndGet(
        place(key),
        before ->
            change.apply(
                before != null && before.key.equals(key)
                    ? before
                    : new Entry(key, null, null, 0, false, null, null)));
  }

  private static int place(ResourceKey key) {
    return (int) key.keyedHash() & (PLACES - 1);
  }

  /** The seconds that a write has taken, the first and the last one included. */
  private static final class Seconds {

    private final long from;
    private final long to;

    Seconds(long fromMillis, long toMillis) {
      this.from = Math.floorDiv(fromMillis, 1000L);
      this.to = Math.floorDiv(toMillis, 1000L);
    }

    boolean contain(Instant date) {
      return from <= date.getEpochSecond() && date.getEpochSecond() <= to;
    }
  }

  private static final class Entry {

    final ResourceKey key;
    final @Nullable EntityTag state;
    final @Nullable Instant date;

    /** When the date was shown first. */
    private final long shownAt;

    /** Whether a write has begun after the date was shown. */
    final boolean outlived;

    final @Nullable Seconds last;
    final @Nullable Seconds lastButOne;

    Entry(
        ResourceKey key,
        @Nullable EntityTag state,
        @Nullable Instant date,
        long shownAt,
        boolean outlived,
        @Nullable Seconds last,
        @Nullable Seconds lastButOne) {
      this.key = key;
      this.state = state;
      this.date = date;
      this.shownAt = shownAt;
      this.outlived = outlived;
      this.last = last;
      this.lastButOne = lastButOne;
    }

    Entry shown(@Nullable EntityTag withState, @Nullable Instant newDate, long now) {
      if (!Objects.equals(date, newDate)) {
        return new Entry(key, withState, newDate, now, false, last, lastButOne);
      }
      return Objects.equals(state, withState)
          ? this
          : new Entry(key, withState, date, shownAt, outlived, last, lastButOne);
    }

    Entry written(long began, Seconds seconds) {
      boolean after = date != null && shownAt - began < 0;
      return new Entry(key, state, date, shownAt, outlived || after, seconds, last);
    }
  }
}
