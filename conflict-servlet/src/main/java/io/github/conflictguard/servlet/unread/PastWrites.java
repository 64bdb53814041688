package io.github.conflictguard.servlet.unread;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.WriteCounters;

/**
 * The writes of records up to a time in the past, for pages that are parsed later than they were
 * served. Has the most recent writes; a record that was written after that time, but longer ago
 * than those, counts as written before it as well. Thread-safe.
 */
public final class PastWrites {

  private final WriteCounters counters;
  private final long[] keys;
  private final long[] before;
  private final long[] times;
  private int next;

  /**
   * Creates the writes of the records of an application.
   *
   * @param most the number of writes to remember; 0 where pages are parsed while they are served
   */
  public PastWrites(WriteCounters counters, int most) {
    this.counters = counters;
    this.keys = new long[most];
    this.before = new long[most];
    this.times = new long[most];
  }

  /** Records that a record was written, or may have been. */
  public void written(ResourceKey key) {
    if (keys.length == 0) {
      counters.written(key);
      return;
    }
    synchronized (this) {
      before[next] = last(key);
      counters.written(key);
      keys[next] = key.keyedHash();
      times[next] = last(key);
      next = (next + 1) % keys.length;
    }
  }

  /**
   * Returns whether a record was not written after a time and up to another one.
   *
   * @param end not before {@code time}
   */
  public synchronized boolean isCurrent(ResourceKey key, long time, long end) {
    long last = last(key);
    long hash = key.keyedHash();
    int place = next;
    for (int i = 0; i < keys.length && last > end; i++) {
      place = place == 0 ? keys.length - 1 : place - 1;
      if (times[place] <= end) {
        break;
      }
      last = keys[place] == hash ? before[place] : last;
    }
    return last <= time;
  }

  /** Returns whether a record was not written after a time. */
  public boolean isCurrent(ResourceKey key, long time) {
    return counters.isCurrent(key, time);
  }

  private long last(ResourceKey key) {
    return counters.valueOf(key) - counters.epoch();
  }
}
