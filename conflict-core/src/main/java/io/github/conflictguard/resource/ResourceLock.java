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
 * The lock of one key: one queue, first come, first served, so that neither a stream of shared
 * holders nor one of exclusive holders keeps the others out. No {@code ReentrantReadWriteLock},
 * because the thread that releases need not be the one that acquired, and no semaphore, because its
 * waiters would lose their place whenever they look at the holders.
 */
final class ResourceLock {

  /** How often the first of those that wait looks whether a holder is overdue. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** What is left of the patience for each when several have used it up. */
  private static final int LAST_PART = 16;

  private final List<Hold> holders = new ArrayList<>(1);
  private @Nullable Deque<Waiter> queue;

  /** The first of the queue, once it was told so. */
  private @Nullable Waiter lookout;

  /** How long holders have been waited for, because of their clients, since the queue was empty. */
  private long spent;

  /** Holders and waiters. Guarded by the map's lock on the entry. */
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
   * Takes the lock if nothing has to be waited for.
   *
   * @param taken gets the holders that were passed over
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
   * @param most how many may wait
   * @param taken gets the holders that were passed over
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
      boolean first = isFirst(waiter, patience, taken);
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

  /** Takes back a wait that an interrupt or an error has ended, also where it had succeeded. */
  private synchronized void abandon(Waiter waiter) {
    if (leaveQueue(waiter)) {
      remove(waiter.hold);
    }
  }

  /** Returns how many are in the queue. */
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

  /** Returns whether this is the one that looks after the holders, which it does. */
  private synchronized boolean isFirst(Waiter waiter, Patience patience, List<Hold> taken) {
    if (first() != waiter) {
      return false;
    }
    takeFromOverdue(patience, taken);
    serveQueue();
    return true;
  }

  /** Returns whether the waiter has got the lock in the end. */
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

  /** One slow holder after the other is no better than one that is slow for long. */
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
      // It was another one so far, and now this one has to look after the holders.
      lookout = first;
      LockSupport.unpark(first.thread);
    }
  }

  /** No lambda: giving a lock back must do with little stack and no memory. */
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
