package io.github.conflictguard.resource;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is held. Closing it releases the lock; closing it again has no effect. Any thread may
 * close it.
 *
 * <p>A holder that waits for its client, and not for the application, can {@link #pause()}. While
 * it is paused, waiting threads may take the lock away once they have been delayed for long enough:
 * it then no longer holds the lock, and {@link #resume} reports this or waits for the lock again.
 */
public final class Hold implements AutoCloseable {

  final ResourceKey key;
  final ResourceLock lock;
  final boolean exclusive;
  private final ResourceLocks locks;

  // The following fields are guarded by the lock's monitor.
  private State state = State.WAITING;
  private boolean paused;
  private boolean waitedFor;
  private long delayingSince;
  private long delayed;
  private boolean limited;
  private long endsAt;
  private @Nullable Runnable whenTaken;

  Hold(ResourceLocks locks, ResourceLock lock, ResourceKey key, boolean exclusive) {
    this.locks = locks;
    this.lock = lock;
    this.key = key;
    this.exclusive = exclusive;
  }

  @Override
  public void close() {
    boolean joined;
    synchronized (lock) {
      joined = state != State.ENDED;
      state = State.ENDED;
      lock.remove(this);
    }
    if (joined) {
      locks.leave(key);
    }
  }

  /**
   * Allows the lock to be taken away from now on, because the holder waits for its client. The
   * holder must not access the resource until it has called {@link #resume}.
   */
  public void pause() {
    synchronized (lock) {
      account(true, waitedFor);
    }
  }

  /**
   * Ends a pause. A shared lock that was taken away is acquired again.
   *
   * @param timeout the maximum time to wait; zero or less does not wait
   * @return whether the lock is held; false for an exclusive one that was taken away, because
   *     another holder may have changed the resource since
   */
  public boolean resume(long timeout, TimeUnit unit) throws InterruptedException {
    synchronized (lock) {
      account(false, waitedFor);
      if (state != State.LOST) {
        return state == State.HELD;
      }
    }
    return locks.acquire(this, unit.toNanos(timeout));
  }

  /**
   * Allows the lock to be taken away after a time, even if the holder has not closed it.
   *
   * @param whenTaken called after that, by the thread that waited
   */
  public void limit(long time, TimeUnit unit, Runnable whenTaken) {
    synchronized (lock) {
      this.limited = true;
      this.endsAt = System.nanoTime() + unit.toNanos(time);
      this.whenTaken = whenTaken;
    }
  }

  /**
   * Records that the lock is held. Called with the lock's monitor, as are the following methods.
   */
  void granted(boolean othersWait) {
    state = State.HELD;
    waitedFor = othersWait;
    delayed = 0;
  }

  void othersWait(boolean doWait) {
    account(paused, doWait);
  }

  /** Returns whether waiting threads may take the lock away from this holder. */
  boolean isOverdue(long patience) {
    return isPastLimit() || (paused && waitedFor && delayed() >= patience);
  }

  /** Returns how long this holder was paused while others waited for it. */
  long delayed() {
    return delayed + (paused && waitedFor ? System.nanoTime() - delayingSince : 0);
  }

  /** Ends this hold; a shared one that is only paused may be resumed. */
  void takeAway() {
    boolean over = isPastLimit();
    whenTaken = over ? whenTaken : null;
    state = over || exclusive ? State.ENDED : State.LOST;
  }

  private boolean isPastLimit() {
    return limited && System.nanoTime() - endsAt >= 0;
  }

  boolean hasEnded() {
    synchronized (lock) {
      return state == State.ENDED;
    }
  }

  /** Returns the action to run after the lock was taken away at its limit, if it was. */
  @Nullable Runnable whenTaken() {
    synchronized (lock) {
      return whenTaken;
    }
  }

  /** Counts the time during which this holder is paused and others wait for it. */
  private void account(boolean nowPaused, boolean nowWaitedFor) {
    boolean before = paused && waitedFor;
    boolean after = nowPaused && nowWaitedFor;
    if (before != after) {
      long now = System.nanoTime();
      delayed += before ? now - delayingSince : 0;
      delayingSince = now;
    }
    paused = nowPaused;
    waitedFor = nowWaitedFor;
  }

  private enum State {
    WAITING,
    HELD,
    /** Taken away during a pause, and may be acquired again. */
    LOST,
    ENDED
  }
}
