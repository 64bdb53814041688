package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.TomcatForward;
import io.github.conflictguard.servlet.response.IgnoringWriter;
import io.github.conflictguard.servlet.response.KnownBody;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The body of a {@link BufferedResponse}, as long as it is held: whether it is, and what ends that.
 * One thread at a time.
 */
final class ResponseBuffer {

  private final BufferedResponse answer;
  private final HttpServletResponse response;
  private final Predicate<HttpServletResponse> worthHolding;
  private final int limit;
  private final BufferedResponseHandler whole;
  private final BufferedOutputs outputs;
  private final BufferTime time;

  private Phase phase = Phase.UNDECIDED;
  private boolean letGo;
  private boolean flushed;
  private boolean flushPutOff;
  private boolean ended;
  private boolean writerTakenLate;
  private long written;

  ResponseBuffer(
      BufferedResponse answer,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      BufferTime time,
      @Nullable ResponseLock lock,
      ChunkPool chunks,
      @Nullable KnownBody expected) {
    this.answer = answer;
    this.time = time;
    this.response = answer.delegate();
    this.worthHolding = worthHolding;
    this.limit = limit;
    this.whole = whole;
    this.outputs = new BufferedOutputs(this, response, lock, chunks, expected);
  }

  ServletOutputStream stream() throws IOException {
    return outputs.stream();
  }

  PrintWriter writer() throws IOException {
    // After a forward Tomcat closes the writer, whether there is one or not. Taking it would settle
    // the charset of the error page that is still to come.
    boolean atEndOfForward = ended && !outputs.hasWriter() && TomcatForward.isEnding();
    if (atEndOfForward || isReplaced()) {
      writerTakenLate |= !atEndOfForward;
      return new PrintWriter(new IgnoringWriter());
    }
    return outputs.writer();
  }

  /** Settles the charset as the application did after it had ended the response. */
  void settleCharset() throws IOException {
    if (writerTakenLate) {
      writerTakenLate = false;
      try {
        response.getWriter();
      } catch (IllegalStateException e) {
        // The application has a stream, and got the same answer from the container.
      }
    }
  }

  long written() {
    return written;
  }

  void digest(MessageDigest digest) {
    outputs.digest(digest);
  }

  /** Returns whether everything that the client is going to get is held. */
  boolean isComplete() {
    long length = answer.declared().length();
    return length < 0 || outputs.isOfLength(length, written);
  }

  boolean isAsExpected() {
    return outputs.isAsExpected();
  }

  @Nullable KnownBody copy() {
    return outputs.copy();
  }

  byte[] encoded() {
    return outputs.encoded();
  }

  /** What the container will encode characters to. */
  String charset() {
    return response.getCharacterEncoding();
  }

  /** Called where a part of the body goes past what is held. */
  void noteWritten() {
    answer.noteWritten();
  }

  boolean isReplaced() {
    return phase == Phase.REPLACED;
  }

  boolean isHolding() {
    if (phase == Phase.UNDECIDED) {
      phase = worthHolding.test(response) ? Phase.HOLDING : Phase.PASSING;
    }
    return phase == Phase.HOLDING;
  }

  /** Whether the next part of the body has to be held; false once it may pass, or is dropped. */
  boolean holds(int length) throws IOException {
    answer.noteWritten();
    written += length;
    time.note(length);
    if (isHolding()
        && (flushed
            || written > limit
            || answer.declared().isBeyond(limit)
            || isLongerThanDeclared()
            || isOverdue())) {
      releaseEarly();
      if (flushed && !isReplaced()) {
        response.flushBuffer();
      }
    }
    return phase == Phase.HOLDING;
  }

  /** Returns whether the container would have sent a part of what is held. */
  boolean isKeptFromClient() {
    return phase == Phase.HOLDING
        && !letGo
        && time.isKeptFromClient(written, flushed, outputs.hasWriter());
  }

  boolean isOverdue() {
    return time.isOver() && isKeptFromClient();
  }

  /** Releases the body in the middle of a pause of the application. */
  void releaseOverdue() throws IOException {
    if (isOverdue() && !response.isCommitted() && !whole.isRefusedByHead()) {
      releaseEarly();
      if (flushed && !isReplaced()) {
        response.flushBuffer();
      }
    }
  }

  /** Containers judge that, some by where one write ends and the next begins. */
  private boolean isLongerThanDeclared() {
    return !outputs.hasWriter() && answer.declared().isExceededBy(written);
  }

  /** Whether a flush of the stream or writer is put off. */
  boolean defersFlush() throws IOException {
    flushed = isHolding();
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
   * Puts off a flush, or the flush at a close, until the application has returned: by then it may
   * have left an exception. Until then the application sees a committed response.
   *
   * @return whether the caller must not flush
   */
  boolean putsOffFlush() throws IOException {
    if (!whole.holdsOverFlush(answer) || !isHolding()) {
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

  /** Returns whether the client waits for a flush that was put off. */
  boolean isFlushPutOff() {
    return flushPutOff;
  }

  /** The application writes on after it closed its stream or writer. */
  void goOnAfterClose() throws IOException {
    if (isHolding()) {
      releaseEarly();
    } else if (!isReplaced() && !response.isCommitted()) {
      whole.goesOn(answer);
    }
  }

  /**
   * The application closed its stream or writer. Containers commit then: what it does to the
   * response later, an exception included, must not change the answer, and the client must not wait
   * for work that goes on.
   */
  void closed() throws IOException {
    // Without a body it waits for the end: it may be a HEAD, whose tag has to be asked for, and
    // that is possible only outside of a forward.
    if (written > 0 && isHolding() && !putsOffFlush()) {
      finish();
      if (!isReplaced() && !response.isCommitted()) {
        response.flushBuffer();
      }
    }
  }

  /** Nothing follows: whoever watches has the whole body. */
  void finish() throws IOException {
    // In this order: the container's response may belong to another thread once it was let go.
    if (isHolding() && !response.isCommitted()) {
      letGo = true;
      whole.finish(answer);
      if (!isReplaced()) {
        phase = Phase.PASSING;
      }
    }
  }

  /** Gives what is held to the container and lets everything that follows pass. */
  void release() throws IOException {
    if (isReplaced()) {
      return;
    }
    boolean holding = phase == Phase.HOLDING;
    boolean flush = flushPutOff;
    pass();
    if (holding) {
      outputs.release();
    }
    if (flush) {
      response.flushBuffer();
    }
  }

  /** Lets the body go before its end, because the application or its client wants that. */
  void releaseEarly() throws IOException {
    if (isHolding() && !letGo && !response.isCommitted()) {
      whole.beforeEarlyRelease(answer);
    }
    release();
  }

  /** Forgets what is held. */
  void discard() {
    outputs.clear();
    time.reset();
    written = 0;
    flushed = false;
    flushPutOff = false;
  }

  /** Forgets what is held, and drops what follows. */
  void replace() {
    discard();
    phase = Phase.REPLACED;
    letGo = true;
    ended = true;
  }

  /** The container is told after all. */
  void pass() {
    phase = Phase.PASSING;
    flushPutOff = false;
    letGo = true;
  }

  /** The container has an answer without this body. */
  void abandon() {
    discard();
    pass();
    ended = true;
  }

  /** The application begins again. */
  void reset() {
    discard();
    if (!letGo) {
      phase = Phase.UNDECIDED;
    }
  }

  private enum Phase {
    UNDECIDED,
    HOLDING,
    PASSING,
    REPLACED
  }
}
