package io.github.conflictguard.servlet.buffer;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A lock that lets either the application's thread or that of the {@link BufferTimer} use a
 * buffered response. It costs nothing until the timer watches the response, from the end of a call
 * of the application: from then on every call acquires a lock.
 */
final class ResponseLock {

  private static final Logger LOG = Logger.getLogger(ResponseLock.class.getName());

  private final ResponseBuffer body;
  private final BufferTimer timer;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean watched;

  /** Whether the response is never to be watched again. Used by the application's threads. */
  private volatile boolean over;

  ResponseLock(ResponseBuffer body, BufferTimer timer) {
    this.body = body;
    this.timer = timer;
  }

  boolean isWatched() {
    return watched;
  }

  /** Begins a call of the application. */
  void enter() {
    if (watched) {
      lock.lock();
    }
  }

  /** Ends a call of the application. */
  void exit() {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    } else if (!over && body.isKeptFromClient()) {
      watched = true;
      timer.watch(this);
    }
  }

  boolean isOverdue() {
    return body.isOverdue();
  }

  /** Releases the response on the timer's thread, unless it is no longer watched. */
  void releaseOverdue() {
    lock.lock();
    try {
      if (watched) {
        body.releaseOverdue();
        watched = false;
        over = true;
      }
    } catch (IOException | RuntimeException e) {
      watched = false;
      over = true;
      LOG.log(Level.FINE, "The client no longer takes the response", e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the watch permanently, after any release in progress. */
  void end() {
    over = true;
    if (watched) {
      lock.lock();
      try {
        watched = false;
      } finally {
        lock.unlock();
      }
    }
  }
}
