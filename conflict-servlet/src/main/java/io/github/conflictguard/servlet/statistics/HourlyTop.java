package io.github.conflictguard.servlet.statistics;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The most frequent names of the current hour, of the hour before, and since the start.
 * Thread-safe.
 */
public final class HourlyTop {

  private final int capacity;
  private final LongSupplier clock;
  private final TopK sinceStart;
  private long hour;
  private TopK current;
  private TopK frozen;

  /**
   * Creates empty summaries.
   *
   * @param clock returns the milliseconds since 1970
   */
  public HourlyTop(int capacity, LongSupplier clock) {
    this.capacity = capacity;
    this.clock = clock;
    this.sinceStart = new TopK(capacity);
    this.current = new TopK(capacity);
    this.frozen = new TopK(capacity);
    this.hour = hourNow();
  }

  /** Counts a name now. */
  public void add(String name, long increment) {
    sinceStart.add(name, increment);
    in(Window.THIS_HOUR).add(name, increment);
  }

  /** Returns the most frequent names of a window, the most frequent first. */
  public List<Frequency> top(Window window, int limit) {
    return in(window).top(limit);
  }

  /** Returns the number of all events in a window. */
  public long total(Window window) {
    return in(window).total();
  }

  private synchronized TopK in(Window window) {
    long now = hourNow();
    if (now != hour) {
      frozen = now == hour + 1 ? current : new TopK(capacity);
      current = new TopK(capacity);
      hour = now;
    }
    switch (window) {
      case THIS_HOUR:
        return current;
      case LAST_HOUR:
        return frozen;
      default:
        return sinceStart;
    }
  }

  private long hourNow() {
    return TimeUnit.MILLISECONDS.toHours(clock.getAsLong());
  }

  /** A period for which names are counted. */
  public enum Window {
    /** The current hour of the clock. */
    THIS_HOUR,
    /** The hour before. */
    LAST_HOUR,
    /** The time since the application was started. */
    SINCE_START
  }
}
