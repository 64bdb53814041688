package io.github.conflictguard.servlet.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A timer that ends the buffering of responses after a set time. If the application continues to
 * write, its own thread releases the response. A thread of this timer releases a response only if
 * its application pauses and the response can safely be used from another thread.
 *
 * <p>Threads start with the first watched response and end with {@link #close}. A slow client
 * delays only the release of other paused responses. Thread-safe.
 */
public final class BufferTimer implements AutoCloseable {

  /** A timer that never ends the buffering. */
  static final BufferTimer NEVER = new BufferTimer(-1);

  private static final int MOST_RELEASES_AT_A_TIME = 8;
  private static final int IDLE_TICKS_UNTIL_SLEEP = 50;

  private final long nanos;
  private final long tickNanos;
  private final Queue<ResponseLock> watched = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread ticker;
  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * Creates a timer without threads.
   *
   * @param millis the time that a body is buffered after its first byte, in milliseconds; 0 for no
   *     longer than the container itself would buffer it
   */
  public BufferTimer(int millis) {
    this.nanos = millis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(millis);
    this.tickNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(5, Math.min(100, millis / 5)));
  }

  /** Returns whether the time of a body that has been buffered since then has elapsed. */
  boolean isOver(long since) {
    return nanos >= 0 && System.nanoTime() - since >= nanos;
  }

  boolean isLimited() {
    return nanos >= 0;
  }

  /** Releases a response when its time has elapsed, unless it has been released by then. */
  void watch(ResponseLock response) {
    if (closed) {
      return;
    }
    watched.add(response);
    Thread running = ticker;
    if (running == null) {
      start();
    } else if (asleep) {
      LockSupport.unpark(running);
    }
  }

  private synchronized void start() {
    if (ticker == null && !closed) {
      Thread thread = new Thread(this::run, "conflict-guard-hold");
      thread.setDaemon(true);
      ticker = thread;
      thread.start();
    }
  }

  private void run() {
    ThreadPoolExecutor releases =
        new ThreadPoolExecutor(
            0,
            MOST_RELEASES_AT_A_TIME,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "conflict-guard-release");
              thread.setDaemon(true);
              return thread;
            });
    try {
      int idle = 0;
      while (!closed) {
        idle = tick(releases) ? 0 : idle + 1;
        if (idle < IDLE_TICKS_UNTIL_SLEEP) {
          LockSupport.parkNanos(this, tickNanos);
        } else {
          sleep();
          idle = 0;
        }
      }
    } finally {
      releases.shutdownNow();
    }
  }

  private void sleep() {
    asleep = true;
    // Checked again, for responses that were added before the flag was visible.
    if (watched.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /** Checks each watched response once; returns whether there was one. */
  private boolean tick(ThreadPoolExecutor releases) {
    List<ResponseLock> later = new ArrayList<>();
    boolean any = false;
    for (ResponseLock next = watched.poll(); next != null; next = watched.poll()) {
      any = true;
      if (next.isWatched() && !(next.isOverdue() && startRelease(next, releases))) {
        later.add(next);
      }
    }
    watched.addAll(later);
    return any;
  }

  /** Starts a release; returns false if all threads are busy. */
  private static boolean startRelease(ResponseLock response, ThreadPoolExecutor releases) {
    try {
      releases.execute(response::releaseOverdue);
      return true;
    } catch (RejectedExecutionException e) {
      // All threads are busy with slow clients: retried at the next tick.
      return false;
    }
  }

  /** Ends the threads. From now on, only the application's threads release buffered responses. */
  @Override
  public void close() {
    closed = true;
    watched.clear();
    Thread running;
    synchronized (this) {
      running = ticker;
    }
    if (running != null) {
      LockSupport.unpark(running);
      try {
        running.join(TimeUnit.SECONDS.toMillis(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
