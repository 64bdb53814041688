package io.github.conflictguard.resource;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many threads wait at one time, so that one thing that is held for long does not take
 * all threads of a server. Half of them may wait for one and the same thing.
 *
 * <p>Several kinds of waiting may share one limit. Safe for use by several threads.
 */
public final class WaiterLimit {

  private final int inAll;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Makes a limit.
   *
   * @param inAll how many may wait; with 0 none does
   */
  public WaiterLimit(int inAll) {
    this.inAll = inAll;
  }

  /** Returns how many may wait for one thing. */
  public int forOne() {
    return (int) ((inAll + 1L) / 2);
  }

  /**
   * Counts one more that waits, if it may.
   *
   * @return whether it may; then {@link #leave} has to follow
   */
  public boolean enter() {
    if (waiting.incrementAndGet() <= inAll) {
      return true;
    }
    waiting.decrementAndGet();
    return false;
  }

  /** Counts one less that waits. */
  public void leave() {
    waiting.decrementAndGet();
  }

  /** Returns how many wait at this moment. */
  public int waiting() {
    return waiting.get();
  }
}
