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
 * Ends the holding of responses after a set time. A response whose application writes on is
 * released by that thread; only one whose application pauses, and which is safe to touch from
 * elsewhere, is released by a thread of this timer.
 *
 * <p>Threads start with the first response that is watched and end with {@link #close}. A slow
 * client delays only the release of other paused responses. Safe for use by several threads.
 */
public final class BufferTimer implements AutoCloseable {

  /** Never ends the holding. */
  static final BufferTimer NEVER = new BufferTimer(-1);

  private static final int MOST_RELEASES_AT_A_TIME = 8;
  private static final int IDLE_TICKS_UNTIL_SLEEP = 50;

  private final long nanos;
  private final long tickNanos;
  private final Queue<BufferedResponse> watched = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread ticker;
  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * Creates a timer without threads.
   *
   * @param millis how long a body is held after its first byte; 0 for no longer than the container
   *     itself would collect it
   */
  public BufferTimer(int millis) {
    this.nanos = millis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(millis);
    this.tickNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(5, Math.min(100, millis / 5)));
  }

  /** Returns whether a body that is held since then has been held long enough. */
  boolean isOver(long since) {
    return nanos >= 0 && System.nanoTime() - since >= nanos;
  }

  boolean isLimited() {
    return nanos >= 0;
  }

  /** Releases a response when its time is over, unless it has been released by then. */
  void watch(BufferedResponse response) {
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
    // Looked at again, so that what was added before the flag was seen is not forgotten.
    if (watched.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /** Looks at each watched response once; returns whether there was one. */
  private boolean tick(ThreadPoolExecutor releases) {
    List<BufferedResponse> later = new ArrayList<>();
    boolean any = false;
    for (BufferedResponse next = watched.poll(); next != null; next = watched.poll()) {
      any = true;
      if (next.isWatched() && !(next.isOverdue() && isReleased(next, releases))) {
        later.add(next);
      }
    }
    watched.addAll(later);
    return any;
  }

  private static boolean isReleased(BufferedResponse response, ThreadPoolExecutor releases) {
    try {
      releases.execute(response::releaseOverdue);
      return true;
    } catch (RejectedExecutionException e) {
      // All are busy with slow clients: at the next tick.
      return false;
    }
  }

  /** Ends the threads. What is held from now on is released by its application's threads alone. */
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
