package io.github.conflictguard.resource;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The lock of one key. A semaphore and not a {@code ReentrantReadWriteLock}, because the thread
 * that releases need not be the one that acquired.
 */
final class ResourceLock {

  /** What an exclusive holder takes: far more than there can be requests at one time. */
  static final int ALL = 1 << 24;

  /** What a shared holder takes. */
  static final int ONE = 1;

  private final Semaphore permits = new Semaphore(ALL, true);

  /** Holders and waiters. Guarded by the map's lock on the entry. */
  private int users;

  ResourceLock joined() {
    users++;
    return this;
  }

  /** Counts one user less and says whether that was the last. */
  boolean left() {
    return --users == 0;
  }

  boolean tryAcquire(int count, long nanos) throws InterruptedException {
    return permits.tryAcquire(count, nanos, TimeUnit.NANOSECONDS);
  }

  void release(int count) {
    permits.release(count);
  }
}
