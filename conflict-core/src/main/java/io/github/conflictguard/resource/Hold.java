package io.github.conflictguard.resource;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is held. Closing it releases the lock; closing it again does nothing. Any thread may
 * close it.
 *
 * <p>A holder that waits for its client, and not for the application, can {@link #pause()}. While
 * it is paused, those that wait for the lock may pass it over once it has delayed them long enough:
 * then it no longer holds the lock, and {@link #resume} tells so or waits for the lock again.
 */
public final class Hold implements AutoCloseable {

  final ResourceKey key;
  final ResourceLock lock;
  final boolean exclusive;
  private final ResourceLocks locks;

  // All of the following is guarded by the lock's monitor.
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
   * holder does nothing to the resource until it has called {@link #resume}.
   */
  public void pause() {
    synchronized (lock) {
      account(true, waitedFor);
    }
  }

  /**
   * Ends a pause. A shared lock that was taken away is waited for again.
   *
   * @param timeout how long to wait at most; zero or less does not wait
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
   * Lets others take the lock away after a time, even though the holder has not closed it.
   *
   * @param whenTaken called when that has happened, by the thread that waited
   */
  public void limit(long time, TimeUnit unit, Runnable whenTaken) {
    synchronized (lock) {
      this.limited = true;
      this.endsAt = System.nanoTime() + unit.toNanos(time);
      this.whenTaken = whenTaken;
    }
  }

  /** Notes that the lock is held. Under the lock's monitor, as are the next ones. */
  void granted(boolean othersWait) {
    state = State.HELD;
    waitedFor = othersWait;
    delayed = 0;
  }

  void othersWait(boolean doWait) {
    account(paused, doWait);
  }

  /** Returns whether those that wait need not wait for this holder any longer. */
  boolean isOverdue(long patience) {
    return isPastLimit() || (paused && waitedFor && delayed() >= patience);
  }

  /** Returns how long this holder was paused while others waited for it. */
  long delayed() {
    return delayed + (paused && waitedFor ? System.nanoTime() - delayingSince : 0);
  }

  /** Ends this hold; a shared one that is only paused may come back. */
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

  /** Returns what has to be done once the lock was taken away after its limit, if it was. */
  @Nullable Runnable whenTaken() {
    synchronized (lock) {
      return whenTaken;
    }
  }

  /** Counts the time in which this holder both is paused and is waited for. */
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
    /** Taken away in a pause, and may be acquired again. */
    LOST,
    ENDED
  }
}
