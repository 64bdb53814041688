package io.github.conflictguard.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One lock for each resource key, within this JVM.
 *
 * <p>A write with a precondition holds the lock exclusively from its check to the end of its
 * handler. A write without one holds it together with others of this kind, so that it never runs
 * between the check and the handler of a conditional write. Locks are granted in FIFO order, and
 * only a limited number of threads waits; others are refused at once.
 *
 * <p>A holder that waits for its client calls {@link Hold#pause()}. A shared one gives way at once,
 * an exclusive one after it has delayed others for a limited time.
 *
 * <p>Only keys in use take memory. A lock is not bound to a thread: the thread that ends an
 * asynchronous request may release a lock that another one acquired. Not re-entrant. Thread-safe.
 */
public final class ResourceLocks {

  private static final int USUAL_WAITERS = 128;
  private static final long USUAL_PATIENCE_MILLIS = 2_000;

  /** For a shared holder: it gives way without harm, but not for each delayed packet. */
  private static final long SHARED_PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

  private final ConcurrentHashMap<ResourceKey, ResourceLock> locks = new ConcurrentHashMap<>();
  private final WaiterLimit waiters;
  private final long patience;

  /** Creates locks for which 128 threads may wait. */
  public ResourceLocks() {
    this(new WaiterLimit(USUAL_WAITERS), USUAL_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Creates locks.
   *
   * @param waiters the maximum number of waiting threads
   * @param patience the maximum total time for which a paused exclusive holder, or several in a
   *     row, may delay others
   */
  public ResourceLocks(WaiterLimit waiters, long patience, TimeUnit unit) {
    this.waiters = waiters;
    this.patience = unit.toNanos(patience);
  }

  /**
   * Acquires a key exclusively, and waits until it is not held by others.
   *
   * @param timeout the maximum time to wait; zero or less does not wait
   * @return the hold, to be closed when the work is done, or null if the time ran out or too many
   *     threads wait
   */
  public @Nullable Hold exclusive(ResourceKey key, long timeout, TimeUnit unit)
      throws InterruptedException {
    return acquire(key, true, unit.toNanos(timeout));
  }

  /**
   * Acquires a key in shared mode, and waits until it is not held exclusively and no earlier
   * request waits for that.
   *
   * @param timeout the maximum time to wait; zero or less does not wait
   * @return the hold, to be closed when the work is done, or null if the time ran out or too many
   *     threads wait
   */
  public @Nullable Hold shared(ResourceKey key, long timeout, TimeUnit unit)
      throws InterruptedException {
    return acquire(key, false, unit.toNanos(timeout));
  }

  /** Returns the number of keys that are currently held or waited for. */
  public int size() {
    return locks.size();
  }

  /** Returns the number of threads that currently wait for a key. */
  int waitingFor(ResourceKey key) {
    ResourceLock lock = locks.get(key);
    return lock == null ? 0 : lock.waiting();
  }

  private @Nullable Hold acquire(ResourceKey key, boolean exclusive, long nanos)
      throws InterruptedException {
    ResourceLock lock =
        locks.compute(key, (k, known) -> (known == null ? new ResourceLock() : known).joined());
    Hold hold = new Hold(this, lock, key, exclusive);
    boolean acquired = false;
    try {
      acquired = acquire(hold, nanos);
    } finally {
      if (!acquired) {
        // Also if it was granted, but the action for the previous holder has failed.
        hold.close();
      }
    }
    return acquired ? hold : null;
  }

  /** Acquires the lock for a hold that has joined it. */
  boolean acquire(Hold hold, long nanos) throws InterruptedException {
    List<Hold> taken = new ArrayList<>(0);
    try {
      return hold.lock.takeNow(hold, this::patienceWith, taken)
          || (nanos > 0 && await(hold, nanos, taken));
    } finally {
      taken.forEach(this::afterTaking);
    }
  }

  private boolean await(Hold hold, long nanos, List<Hold> taken) throws InterruptedException {
    if (!waiters.enter()) {
      return false;
    }
    try {
      return hold.lock.await(hold, nanos, waiters.forOne(), this::patienceWith, taken);
    } finally {
      waiters.leave();
    }
  }

  private long patienceWith(Hold holder) {
    return holder.exclusive ? patience : Math.min(patience, SHARED_PATIENCE);
  }

  private void afterTaking(Hold taken) {
    if (!taken.hasEnded()) {
      return;
    }
    leave(taken.key);
    Runnable whenTaken = taken.whenTaken();
    if (whenTaken != null) {
      whenTaken.run();
    }
  }

  void leave(ResourceKey key) {
    locks.computeIfPresent(key, (k, lock) -> lock.left() ? null : lock);
  }
}
