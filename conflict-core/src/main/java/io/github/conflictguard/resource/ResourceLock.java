package io.github.conflictguard.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one key, with a single FIFO queue, so that neither a stream of shared holders nor one
 * of exclusive holders starves the others. Not a {@code ReentrantReadWriteLock}, because the
 * releasing thread need not be the one that acquired, and not a semaphore, because its waiters
 * would lose their place whenever they examine the holders.
 */
final class ResourceLock {

  /** The interval at which the first waiter checks whether a holder is overdue. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The divisor for the remaining patience after several holders have used it up. */
  private static final int LAST_PART = 16;

  private final List<Hold> holders = new ArrayList<>(1);
  private @Nullable Deque<Waiter> queue;

  /** The first waiter of the queue, once notified. */
  private @Nullable Waiter lookout;

  /**
   * The time for which holders were waited for, because of their clients, since the queue was
   * empty.
   */
  private long spent;

  /** Number of holders and waiters. Guarded by the map's lock on the entry. */
  private int users;

  ResourceLock joined() {
    users++;
    return this;
  }

  /** Removes one user and returns whether that was the last. */
  boolean left() {
    return --users == 0;
  }

  /**
   * Acquires the lock if this is possible without waiting.
   *
   * @param taken receives the holders that lost the lock
   */
  synchronized boolean takeNow(Hold hold, Patience patience, List<Hold> taken) {
    if (first() != null) {
      return false;
    }
    if (!isFreeFor(hold)) {
      takeFromOverdue(patience, taken);
    }
    return isFreeFor(hold) && grant(hold);
  }

  /**
   * Waits for the lock.
   *
   * @param most the maximum number of waiters
   * @param taken receives the holders that lost the lock
   */
  boolean await(Hold hold, long nanos, int most, Patience patience, List<Hold> taken)
      throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    Waiter waiter = new Waiter(hold);
    boolean left = false;
    try {
      boolean held = enqueue(waiter, most) && await(waiter, deadline, patience, taken);
      left = true;
      return held;
    } finally {
      if (!left) {
        abandon(waiter);
      }
    }
  }

  private boolean await(Waiter waiter, long deadline, Patience patience, List<Hold> taken)
      throws InterruptedException {
    while (true) {
      boolean first = lookIfFirst(waiter, patience, taken);
      long left = deadline - System.nanoTime();
      if (waiter.held || left <= 0) {
        return leaveQueue(waiter);
      }
      LockSupport.parkNanos(this, first ? Math.min(left, LOOK_NANOS) : left);
      if (Thread.interrupted()) {
        if (leaveQueue(waiter)) {
          Thread.currentThread().interrupt();
          return true;
        }
        throw new InterruptedException();
      }
    }
  }

  /** Reverts a wait that ended with an interrupt or an error, even if the lock was acquired. */
  private synchronized void abandon(Waiter waiter) {
    if (leaveQueue(waiter)) {
      remove(waiter.hold);
    }
  }

  /** Returns the length of the queue. */
  synchronized int waiting() {
    return queue == null ? 0 : queue.size();
  }

  synchronized void remove(Hold hold) {
    if (holders.remove(hold)) {
      spent += hold.delayed();
      serveQueue();
    }
  }

  private synchronized boolean enqueue(Waiter waiter, int most) {
    if (queue == null) {
      queue = new ArrayDeque<>();
    }
    if (queue.size() >= most) {
      return false;
    }
    if (queue.isEmpty()) {
      tellHolders(true);
    }
    queue.add(waiter);
    serveQueue();
    return true;
  }

  /**
   * Checks the holders if this waiter is the first.
   *
   * @return whether it is
   */
  private synchronized boolean lookIfFirst(Waiter waiter, Patience patience, List<Hold> taken) {
    if (first() != waiter) {
      return false;
    }
    takeFromOverdue(patience, taken);
    serveQueue();
    return true;
  }

  /** Returns whether the waiter has eventually acquired the lock. */
  private synchronized boolean leaveQueue(Waiter waiter) {
    if (!waiter.held && queue != null) {
      queue.remove(waiter);
      serveQueue();
    }
    return waiter.held;
  }

  private void takeFromOverdue(Patience patience, List<Hold> taken) {
    for (Iterator<Hold> each = holders.iterator(); each.hasNext(); ) {
      Hold holder = each.next();
      if (holder.isOverdue(left(patience.with(holder)))) {
        spent += holder.delayed();
        holder.takeAway();
        each.remove();
        taken.add(holder);
      }
    }
  }

  /**
   * Returns the remaining patience: several slow holders in a row may delay others hardly longer
   * than a single one.
   */
  private long left(long patience) {
    return Math.max(patience - spent, patience / LAST_PART);
  }

  private void serveQueue() {
    if (queue == null) {
      return;
    }
    Waiter first = queue.peek();
    while (first != null && isFreeFor(first.hold)) {
      queue.remove();
      first.held = grant(first.hold);
      LockSupport.unpark(first.thread);
      first = queue.peek();
    }
    if (first == null) {
      lookout = null;
      spent = 0;
      tellHolders(false);
    } else if (first != lookout) {
      // The first waiter has changed: this one has to check the holders from now on.
      lookout = first;
      LockSupport.unpark(first.thread);
    }
  }

  /**
   * Notifies the holders whether others wait. Not a lambda: releasing a lock must work with little
   * stack and no memory.
   */
  private void tellHolders(boolean othersWait) {
    for (int i = 0; i < holders.size(); i++) {
      holders.get(i).othersWait(othersWait);
    }
  }

  private @Nullable Waiter first() {
    return queue == null ? null : queue.peek();
  }

  private boolean isFreeFor(Hold hold) {
    return holders.isEmpty() || (!hold.exclusive && !holders.get(0).exclusive);
  }

  private boolean grant(Hold hold) {
    hold.granted(first() != null);
    holders.add(hold);
    return true;
  }

  /** How long others wait for a holder that waits for its client. */
  interface Patience {
    long with(Hold holder);
  }

  private static final class Waiter {

    final Hold hold;
    final Thread thread = Thread.currentThread();
    volatile boolean held;

    Waiter(Hold hold) {
      this.hold = hold;
    }
  }
}
