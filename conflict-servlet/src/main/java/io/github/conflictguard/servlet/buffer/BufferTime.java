package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.TomcatResponses;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The time that a body may be buffered. It is over when the set time has elapsed and the container
 * would have sent a part of the body by then. A body that the container itself would still buffer
 * delays no client, and the application may still reset it. Not thread-safe.
 */
final class BufferTime {

  /** The length below which a body fits into the buffer of every container. */
  private static final int SMALL = 2 * 1024;

  private final BufferTimer timer;
  private final HttpServletResponse response;
  private final boolean onJetty;
  private final boolean fromFlush;
  private boolean running;
  private long since;
  private int longestWrite;
  private int bufferSize = -1;

  /**
   * Creates a time that does not run yet.
   *
   * @param fromFlush whether it starts only with a deferred flush or close
   */
  BufferTime(BufferTimer timer, HttpServletResponse response, boolean fromFlush) {
    this.timer = timer;
    this.fromFlush = fromFlush;
    this.response = response;
    this.onJetty =
        timer.isLimited()
            && TomcatResponses.innermost(response)
                .getClass()
                .getName()
                .startsWith("org.eclipse.jetty.");
  }

  /** Starts with the first byte, or with a flush that precedes it. */
  void begin() {
    if (!fromFlush) {
      beginAtFlush();
    }
  }

  /** Starts with a deferred flush or close of the response. */
  void beginAtFlush() {
    if (!running && timer.isLimited()) {
      running = true;
      since = System.nanoTime();
    }
  }

  void note(int length) {
    begin();
    longestWrite = Math.max(longestWrite, length);
  }

  void reset() {
    running = false;
    longestWrite = 0;
  }

  /** Returns whether the client would have received something by now without buffering. */
  boolean isKeptFromClient(long written, boolean flushed, boolean chars) {
    if (!running) {
      return false;
    }
    if (flushed || written <= SMALL) {
      return flushed;
    }
    int size = bufferSize();
    if (onJetty && !chars && longestWrite > size / 4) {
      // Jetty aggregates small writes only (outputAggregationSize).
      return true;
    }
    // Tomcat buffers the characters, and then the encoded bytes in another buffer.
    return written > (chars && !onJetty ? 2L * size : size);
  }

  boolean isOver() {
    return running && timer.isOver(since);
  }

  private int bufferSize() {
    if (bufferSize < 0) {
      bufferSize = Math.max(SMALL, response.getBufferSize());
    }
    return bufferSize;
  }
}
