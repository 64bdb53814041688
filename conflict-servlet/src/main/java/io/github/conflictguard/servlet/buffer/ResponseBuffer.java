package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.TomcatForward;
import io.github.conflictguard.servlet.response.IgnoringWriter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * The buffered body of a {@link BufferedResponse}, with the rules for when it is buffered and
 * released. Not thread-safe.
 */
final class ResponseBuffer {

  private final BufferedResponse answer;
  private final HttpServletResponse response;
  private final BufferOptions options;
  private final BufferedResponseHandler whole;
  private final BufferedOutputs outputs;
  private final BufferTime time;
  private final @Nullable ResponseLock lock;

  private BufferPhase phase = BufferPhase.UNDECIDED;
  private boolean letGo;
  private boolean flushed;
  private boolean flushPutOff;
  private boolean ended;
  private long written;

  ResponseBuffer(BufferedResponse answer, BufferOptions options) {
    this.answer = answer;
    this.response = answer.delegate();
    this.options = options;
    this.whole = options.whole;
    this.time = options.time;
    this.lock = options.inPauses == null ? null : new ResponseLock(this, options.inPauses);
    this.outputs = new BufferedOutputs(this, response, options);
  }

  /** Returns the lock for changes of the response by calls on the request, or null. */
  @Nullable ResponseLock lock() {
    return lock;
  }

  ServletOutputStream stream() throws IOException {
    return outputs.stream();
  }

  PrintWriter writer() throws IOException {
    // After a forward Tomcat closes the writer, even if there is none. Getting it would fix the
    // charset of a later error page.
    boolean atEndOfForward = ended && !outputs.hasWriter() && TomcatForward.isEnding();
    return atEndOfForward
        ? new PrintWriter(new IgnoringWriter())
        : isReplaced() ? outputs.ignoringWriter() : outputs.writer();
  }

  long written() {
    return written;
  }

  /** Returns the buffered content. */
  BufferedOutputs content() {
    return outputs;
  }

  /** Returns whether everything that the client will receive is buffered. */
  boolean isComplete() {
    long length = answer.declared().length();
    return length < 0 || outputs.isOfLength(length, written);
  }

  /** Returns the charset in which the container will encode characters. */
  String charset() {
    return response.getCharacterEncoding();
  }

  /** Called when a part of the body bypasses the buffer. */
  void noteWritten() {
    answer.noteWritten();
  }

  boolean isReplaced() {
    return phase == BufferPhase.REPLACED;
  }

  /** Returns whether the body is buffered; false also if that is not decided yet. */
  boolean isHolding() {
    return phase == BufferPhase.HOLDING;
  }

  /**
   * Decides whether the body is buffered, if that is still open.
   *
   * @return whether it is
   */
  boolean decide() {
    if (phase == BufferPhase.UNDECIDED) {
      phase = options.worthHolding.test(response) ? BufferPhase.HOLDING : BufferPhase.PASSING;
    }
    return isHolding();
  }

  /**
   * Starts the next part of the body.
   *
   * @return whether to buffer it; false if it is passed on or dropped
   */
  boolean beginWrite(int length) throws IOException {
    answer.noteWritten();
    written += length;
    time.note(length);
    if (decide()
        && (flushed
            || written > options.limit
            || answer.declared().isBeyond(options.limit)
            || isLongerThanDeclared()
            || isOverdue())) {
      releaseEarly();
      if (flushed && !isReplaced()) {
        response.flushBuffer();
      }
    }
    return isHolding();
  }

  /** Returns whether the container would have sent a part of the buffered body. */
  boolean isKeptFromClient() {
    return isHolding() && !letGo && time.isKeptFromClient(written, flushed, outputs.hasWriter());
  }

  boolean isOverdue() {
    return time.isOver() && isKeptFromClient();
  }

  /** Releases the body during a pause of the application. */
  void releaseOverdue() throws IOException {
    if (isOverdue() && !response.isCommitted() && !whole.isRefusedByHead()) {
      releaseEarly();
      if (flushed && !isReplaced()) {
        response.flushBuffer();
      }
    }
  }

  /**
   * Returns whether the body exceeds its declared length, which containers must handle themselves.
   */
  private boolean isLongerThanDeclared() {
    return !outputs.hasWriter() && answer.declared().isExceededBy(written);
  }

  /**
   * Defers a flush of the stream or writer if possible.
   *
   * @return whether the caller must not flush
   */
  boolean deferFlush() throws IOException {
    flushed = decide();
    if (flushed) {
      time.begin();
      if (isOverdue()) {
        releaseEarly();
        return isReplaced();
      }
    }
    return flushed || isReplaced();
  }

  /**
   * Defers a flush, or the flush of a close, until the application has returned: by then it may
   * have thrown an exception. Until then the application sees a committed response.
   *
   * @return whether the caller must not flush
   */
  boolean putOffFlush() throws IOException {
    if (!whole.holdsOverFlush(answer) || !decide()) {
      return false;
    }
    whole.beforeEarlyRelease(answer);
    if (isReplaced()) {
      return true;
    }
    flushed = true;
    flushPutOff = true;
    time.beginAtFlush();
    if (isOverdue()) {
      releaseEarly();
    }
    return true;
  }

  /** Returns whether the client waits for a deferred flush. */
  boolean isFlushPutOff() {
    return flushPutOff;
  }

  /** Called when the application continues to write after it closed its stream or writer. */
  void goOnAfterClose() throws IOException {
    if (decide()) {
      releaseEarly();
    } else if (!isReplaced() && !response.isCommitted()) {
      whole.goesOn(answer);
    }
  }

  /**
   * Called when the application has closed its stream or writer. Containers commit then: later
   * changes by the application, including an exception, must not affect the response, and the
   * client must not wait for further work.
   */
  void closed() throws IOException {
    // Without a body it waits for the end: for a HEAD request the tag may require an internal
    // GET, which is possible only outside of a forward.
    if (written > 0 && decide() && !putOffFlush()) {
      finish();
      if (!isReplaced() && !response.isCommitted()) {
        response.flushBuffer();
      }
    }
  }

  /** Ends the body: passes the complete body to the handler. */
  void finish() throws IOException {
    // In this order: once released, the container's response may belong to another thread.
    if (decide() && !response.isCommitted()) {
      letGo = true;
      whole.finish(answer);
      if (!isReplaced()) {
        phase = BufferPhase.PASSING;
      }
    }
  }

  /** Writes the buffered content to the container and passes everything that follows. */
  void release() throws IOException {
    if (isReplaced()) {
      return;
    }
    boolean holding = isHolding();
    boolean flush = flushPutOff;
    pass();
    if (holding) {
      outputs.release();
    }
    if (flush) {
      response.flushBuffer();
    }
  }

  /** Releases the body before its end, as requested by the application or for its client. */
  void releaseEarly() throws IOException {
    if (decide() && !letGo && !response.isCommitted()) {
      whole.beforeEarlyRelease(answer);
    }
    release();
  }

  /** Discards the buffered content. */
  void discard() {
    outputs.clear();
    time.reset();
    written = 0;
    flushed = false;
    flushPutOff = false;
  }

  /** Discards the buffered content, and drops all later output. */
  void replace() {
    discard();
    phase = BufferPhase.REPLACED;
    letGo = true;
    ended = true;
  }

  /** Passes all later output to the container. */
  void pass() {
    phase = BufferPhase.PASSING;
    flushPutOff = false;
    letGo = true;
  }

  /** Called when the container sends a response without this body. */
  void abandon() {
    discard();
    pass();
    ended = true;
  }

  /** Called when the application resets the response. */
  void reset() {
    discard();
    if (!letGo) {
      phase = BufferPhase.UNDECIDED;
    }
  }
}
