package io.github.conflictguard.servlet.disclosure;

import io.github.conflictguard.resource.KeyedHash;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * The resources that were served to each client within some hours, in a table of fixed size. New
 * entries replace the oldest ones, which can only cost a detail of a response. The digests are
 * keyed, so that clients cannot cause collisions. Thread-safe, without locks.
 */
final class ShownResources {

  private static final int BUCKETS = 1 << 13;
  private static final int WAYS = 4;
  private static final int TIME_BITS = 16;
  private static final long TIME_MASK = (1L << TIME_BITS) - 1;
  private static final long SECONDS_PER_TICK = 15 * 60;

  /** Eight hours. */
  private static final long LIFETIME_TICKS = 32;

  private final AtomicLongArray entries = new AtomicLongArray(BUCKETS * WAYS);
  private final KeyedHash hash = new KeyedHash();
  private final LongSupplier seconds;

  /**
   * Creates an empty memory.
   *
   * @param seconds a monotonic clock
   */
  ShownResources(LongSupplier seconds) {
    this.seconds = seconds;
  }

  void add(String what) {
    long digest = hash.numberOf(what);
    int bucket = bucketOf(digest);
    int place = bucket;
    long oldest = -1;
    for (int i = bucket; i < bucket + WAYS; i++) {
      long entry = entries.get(i);
      if (isOf(entry, digest)) {
        place = i;
        break;
      }
      long age = entry == 0 ? Long.MAX_VALUE : ageOf(entry);
      if (age > oldest) {
        oldest = age;
        place = i;
      }
    }
    entries.set(place, (digest & ~TIME_MASK) | (tick() & TIME_MASK));
  }

  void remove(String what) {
    long digest = hash.numberOf(what);
    int bucket = bucketOf(digest);
    for (int i = bucket; i < bucket + WAYS; i++) {
      long entry = entries.get(i);
      if (isOf(entry, digest)) {
        entries.compareAndSet(i, entry, 0);
      }
    }
  }

  boolean contains(String what) {
    long digest = hash.numberOf(what);
    int bucket = bucketOf(digest);
    for (int i = bucket; i < bucket + WAYS; i++) {
      long entry = entries.get(i);
      if (isOf(entry, digest)) {
        return ageOf(entry) <= LIFETIME_TICKS;
      }
    }
    return false;
  }

  private long tick() {
    return seconds.getAsLong() / SECONDS_PER_TICK;
  }

  private long ageOf(long entry) {
    return (tick() - entry) & TIME_MASK;
  }

  private static boolean isOf(long entry, long digest) {
    return entry != 0 && ((entry ^ digest) & ~TIME_MASK) == 0;
  }

  private static int bucketOf(long digest) {
    return (int) (digest & (BUCKETS - 1)) * WAYS;
  }
}
