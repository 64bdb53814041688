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
 * The modification dates that the application has sent, and the times at which the resources were
 * written.
 *
 * <p>They determine which date belongs to a state whose tag does not come from the application (the
 * date that was sent with that state), and whether a date is weak (RFC 9110, 8.8.2.2) because the
 * resource was written again in the same second.
 *
 * <p>The size is bounded: there is one entry for each slot, and a newer resource displaces an older
 * one. A displaced date is unknown, and a write with it is refused. Thread-safe.
 */
public final class ModificationDates {

  private static final int PLACES = 16 * 1024;

  /** The names of resources are kept, so their length is limited. */
  private static final int LONGEST_NAME = 512;

  private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);

  /**
   * Records the date of a response to a read.
   *
   * @param state the tag of the state that was read before the application responded; null if the
   *     tag comes from the response
   * @param date the date, or null if the response has none
   */
  public void shown(ResourceKey key, @Nullable EntityTag state, @Nullable Instant date) {
    if (state != null || date != null) {
      change(key, entry -> entry.shown(state, date, System.nanoTime()));
    }
  }

  /**
   * Records a write that ends now.
   *
   * @param duration the duration of the write, in nanoseconds
   */
  public void written(ResourceKey key, long duration) {
    long began = System.nanoTime() - duration;
    long until = System.currentTimeMillis();
    Seconds seconds = new Seconds(until - TimeUnit.NANOSECONDS.toMillis(duration), until);
    change(key, entry -> entry.written(began, seconds));
  }

  /**
   * Returns the state with the date that was sent with it, or with an unknown date.
   *
   * @param state a state without a date
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
   * Returns the state with its date marked as weak if it is weak.
   *
   * @param ofRule whether a rule covers the writes of the resource: then each of them counts as a
   *     change, regardless of the clock of the application
   */
  public SelectedRepresentation weighed(
      ResourceKey key, SelectedRepresentation state, boolean ofRule) {
    Instant date = state.lastModified();
    return date != null && isWeak(key, date, ofRule) ? state.withWeakDate() : state;
  }

  /** Returns whether a resource was written more than once in the second of a date. */
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

  /** The seconds that a write has taken, including the first and the last one. */
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

    /** The time at which the date was first sent. */
    private final long shownAt;

    /** Whether a write has begun after the date was sent. */
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
