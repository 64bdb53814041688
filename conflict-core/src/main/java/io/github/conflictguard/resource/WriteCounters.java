package io.github.conflictguard.resource;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Knows of each resource when it was written last, in a fixed amount of memory whatever number of
 * resources there is: eight bytes for each counter. Time is counted in events: writes, and readings
 * that are to be told from others.
 *
 * <p>Several resources may share a counter. Then a write to one of them makes the others look
 * changed as well, which costs a client a needless refusal and never hides a change. Which ones do
 * is left to chance anew at each start of the JVM.
 *
 * <p>Safe for use by several threads.
 */
public final class WriteCounters {

  private final AtomicLongArray counters;
  private final AtomicLong clock = new AtomicLong();
  private final long start = new SecureRandom().nextLong();

  /**
   * Makes counters that begin at a number of their own, so that no value from before a restart is
   * ever taken for a current one.
   *
   * @param count how many; rounded up to a power of two, at least 2
   */
  public WriteCounters(int count) {
    int size = 2;
    while (size < count && size < 1 << 30) {
      size <<= 1;
    }
    this.counters = new AtomicLongArray(size);
  }

  /** Another number after every write that the resource may have seen. */
  public long valueOf(ResourceKey key) {
    return start + counters.get(slot(key));
  }

  /** Notes that the resource was written, or may have been. */
  public void written(ResourceKey key) {
    changed(key, tick());
  }

  /**
   * The time of a reading that begins now. It is later than all before and earlier than all to
   * come.
   */
  public long tick() {
    return clock.incrementAndGet();
  }

  /** Notes that what was read before a time is no longer current. */
  public void changed(ResourceKey key, long time) {
    counters.accumulateAndGet(slot(key), time, Math::max);
  }

  /** Whether what was read at a time is still current. */
  public boolean isCurrent(ResourceKey key, long time) {
    return counters.get(slot(key)) <= time;
  }

  /** A number of these counters, which others do not have. */
  public long epoch() {
    return start;
  }

  /** How many counters there are. */
  public int size() {
    return counters.length();
  }

  /** By a hash that is not predictable: a client must not find out which keys share a counter. */
  private int slot(ResourceKey key) {
    return (int) key.keyedHash() & (counters.length() - 1);
  }
}
