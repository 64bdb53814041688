package io.github.conflictguard.resource;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The time of the last write of each resource, in a fixed amount of memory independent of the
 * number of resources: eight bytes for each counter. Time is logical: each write, and each read
 * that needs a time of its own, is later than all before. It follows the wall clock in
 * microseconds, and does not go back when the wall clock does.
 *
 * <p>Several resources may share a counter. A write to one of them then makes the others appear
 * changed as well, which may cause a needless refusal but never hides a change. The assignment is
 * random and differs between starts of the JVM.
 *
 * <p>Thread-safe.
 */
public final class WriteCounters {

  private static final long PER_MILLI = 1_000;

  private final AtomicLongArray counters;
  private final AtomicLong clock = new AtomicLong();
  private final long start = new SecureRandom().nextLong();

  /**
   * Creates counters with a random initial value, so that a value from before a restart is never
   * taken for a current one.
   *
   * @param count the number of counters; rounded up to a power of two, at least 2
   */
  public WriteCounters(int count) {
    int size = 2;
    while (size < count && size < 1 << 30) {
      size <<= 1;
    }
    this.counters = new AtomicLongArray(size);
  }

  /** Returns a number that differs after each write that may have affected the resource. */
  public long valueOf(ResourceKey key) {
    return start + counters.get(slot(key));
  }

  /** Records that the resource was written, or may have been. */
  public void written(ResourceKey key) {
    changed(key, tick());
  }

  /**
   * Returns the time of a read that begins now. It is later than all before and earlier than all
   * following.
   */
  public long tick() {
    long now = System.currentTimeMillis() * PER_MILLI;
    return clock.updateAndGet(before -> Math.max(before + 1, now));
  }

  /** Returns the wall-clock time of a tick, in milliseconds since 1970. */
  public static long millisOf(long tick) {
    return tick / PER_MILLI;
  }

  /** Records that state that was read before a time is no longer current. */
  public void changed(ResourceKey key, long time) {
    counters.accumulateAndGet(slot(key), time, Math::max);
  }

  /** Returns whether state that was read at a time is still current. */
  public boolean isCurrent(ResourceKey key, long time) {
    return counters.get(slot(key)) <= time;
  }

  /** Returns the random initial value, by which these counters differ from others. */
  public long epoch() {
    return start;
  }

  /** Returns the number of counters. */
  public int size() {
    return counters.length();
  }

  /** Uses an unpredictable hash: a client must not find out which keys share a counter. */
  private int slot(ResourceKey key) {
    return (int) key.keyedHash() & (counters.length() - 1);
  }
}
