package io.github.conflictguard.resource;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the number of threads that wait at the same time, so that a single lock that is held for
 * long does not block all threads of a server. Half of them may wait for the same lock.
 *
 * <p>Several kinds of waiting may share one limit. Thread-safe.
 */
public final class WaiterLimit {

  private final int inAll;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Creates a limit.
   *
   * @param inAll the maximum number of waiting threads; 0 to disable waiting
   */
  public WaiterLimit(int inAll) {
    this.inAll = inAll;
  }

  /** Returns the maximum number of threads that wait for the same lock. */
  public int forOne() {
    return (int) ((inAll + 1L) / 2);
  }

  /**
   * Adds a waiting thread, if the limit permits it.
   *
   * @return whether it may wait; then {@link #leave} must be called
   */
  public boolean enter() {
    if (waiting.incrementAndGet() <= inAll) {
      return true;
    }
    waiting.decrementAndGet();
    return false;
  }

  /** Removes a waiting thread. */
  public void leave() {
    waiting.decrementAndGet();
  }

  /** Returns the current number of waiting threads. */
  public int waiting() {
    return waiting.get();
  }
}
