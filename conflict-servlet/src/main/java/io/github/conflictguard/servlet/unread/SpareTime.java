package io.github.conflictguard.servlet.unread;

import java.util.function.LongSupplier;

/**
 * Limits the time spent on work that may also be omitted to a small part of the time of one
 * processor. Thread-safe.
 */
public final class SpareTime {

  /** One sixty-fourth of the elapsed time may be spent. */
  private static final int SHARE = 64;

  private static final long MOST_SAVED = 20_000_000;

  private final LongSupplier clock;
  private long seen;
  private long left = MOST_SAVED;
  private boolean busy;

  /**
   * Creates a full allowance.
   *
   * @param clock the time in nanoseconds
   */
  public SpareTime(LongSupplier clock) {
    this.clock = clock;
    this.seen = clock.getAsLong();
  }

  /** Returns whether work would be run now. */
  boolean hasTime() {
    long now = clock.getAsLong();
    synchronized (this) {
      return !busy && allowanceAt(now) > 0;
    }
  }

  private long allowanceAt(long now) {
    return Math.min(MOST_SAVED, left + Math.max(0, now - seen) / SHARE);
  }

  /** Runs work if there is time left, and no other work is running. Returns whether it ran. */
  boolean run(Runnable work) {
    long begin = clock.getAsLong();
    synchronized (this) {
      left = allowanceAt(begin);
      seen = begin;
      if (busy || left <= 0) {
        return false;
      }
      busy = true;
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        left -= clock.getAsLong() - begin;
        busy = false;
      }
    }
    return true;
  }
}
