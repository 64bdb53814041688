package io.github.conflictguard.servlet.buffer;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that lets either the application's thread or that of the {@link BufferTimer} use a
 * buffered response. It costs nothing until the timer watches the response, from the end of a call
 * of the application: from then on every call acquires a lock.
 */
final class ResponseLock {

  private final BufferedResponse response;
  private final BufferTimer timer;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean watched;

  /** Whether the response is never to be watched again. Used by the application's threads. */
  private volatile boolean over;

  ResponseLock(BufferedResponse response, BufferTimer timer) {
    this.response = response;
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
    } else if (!over && response.isKeptFromClient()) {
      watched = true;
      timer.watch(response);
    }
  }

  /** Runs an action on the timer's thread, unless the response is no longer watched. */
  void whileWatched(Runnable release) {
    lock.lock();
    try {
      if (watched) {
        release.run();
        watched = false;
        over = true;
      }
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
