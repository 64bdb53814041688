package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.TomcatResponses;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tells when a body has been held for too long: when the time is over, and the container would have
 * sent a part of it by then. What the container itself would still collect delays no client, and an
 * application may still take it back. One thread at a time.
 */
final class BufferTime {

  /** Bodies that are shorter fit into every container's buffer. */
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
   * @param fromFlush whether it starts only with a flush or close that is put off
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

  /** Starts with the first byte, or with a flush that comes before it. */
  void begin() {
    if (!fromFlush) {
      beginAtFlush();
    }
  }

  /** Starts with a flush or close of the response that is put off. */
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

  /** Returns whether the client would have seen something by now if nothing were held. */
  boolean isKeptFromClient(long written, boolean flushed, boolean chars) {
    if (!running) {
      return false;
    }
    if (flushed || written <= SMALL) {
      return flushed;
    }
    int size = bufferSize();
    if (onJetty && !chars && longestWrite > size / 4) {
      // Jetty collects small writes alone (outputAggregationSize).
      return true;
    }
    // Tomcat collects characters, and then the bytes that become of them, in a buffer each.
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
