package io.github.conflictguard.resource;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One lock for each resource key, inside this JVM.
 *
 * <p>A write with a precondition holds the lock exclusively from its check to the end of its
 * handler. A write without one holds it together with others of its sort, so that it never runs
 * between the check and the handler of a conditional one. Waiting is first come, first served.
 *
 * <p>Only keys in use take memory. A lock is bound to no thread: the thread that ends an
 * asynchronous request may release what another one acquired. Not re-entrant. Safe for use by
 * several threads.
 */
public final class ResourceLocks {

  private final ConcurrentHashMap<ResourceKey, ResourceLock> locks = new ConcurrentHashMap<>();

  /**
   * Waits until nobody else holds the key in either way.
   *
   * @param timeout how long to wait at most; zero or less does not wait
   * @return what to close when the work is done, or null when the time ran out
   */
  public @Nullable Hold exclusive(ResourceKey key, long timeout, TimeUnit unit)
      throws InterruptedException {
    return acquire(key, ResourceLock.ALL, unit.toNanos(timeout));
  }

  /**
   * Waits until nobody holds the key exclusively, or waits for that.
   *
   * @param timeout how long to wait at most; zero or less does not wait
   * @return what to close when the work is done, or null when the time ran out
   */
  public @Nullable Hold shared(ResourceKey key, long timeout, TimeUnit unit)
      throws InterruptedException {
    return acquire(key, ResourceLock.ONE, unit.toNanos(timeout));
  }

  /** How many keys are held or waited for at this moment. */
  public int size() {
    return locks.size();
  }

  private @Nullable Hold acquire(ResourceKey key, int permits, long nanos)
      throws InterruptedException {
    ResourceLock lock =
        locks.compute(key, (k, known) -> (known == null ? new ResourceLock() : known).joined());
    boolean acquired = false;
    try {
      acquired = lock.tryAcquire(permits, nanos);
    } finally {
      if (!acquired) {
        leave(key);
      }
    }
    return acquired ? new Hold(() -> release(key, lock, permits)) : null;
  }

  private void release(ResourceKey key, ResourceLock lock, int permits) {
    lock.release(permits);
    leave(key);
  }

  private void leave(ResourceKey key) {
    locks.computeIfPresent(key, (k, lock) -> lock.left() ? null : lock);
  }
}
