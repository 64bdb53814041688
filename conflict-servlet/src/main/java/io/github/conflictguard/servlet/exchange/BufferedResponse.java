package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is held back until the end, so that a header can still be added to it, or
 * another answer given.
 *
 * <p>Status and headers go straight to the container. Whether the body is held is decided at its
 * first byte, when the application has said what it is. It is let go, and everything that follows
 * passes straight through, when
 *
 * <ul>
 *   <li>it grows beyond the limit, or its declared length does;
 *   <li>the application flushes the response, or writes on after it flushed the stream: it wants
 *       the client to see the parts;
 *   <li>the request becomes asynchronous, or the stream gets a write listener;
 *   <li>the application answers by {@code sendError} or {@code sendRedirect}.
 * </ul>
 *
 * <p>One request's thread at a time, as for every response.
 */
public final class BufferedResponse extends DelegatingResponse {

  private final Predicate<HttpServletResponse> worthHolding;
  private final int limit;
  private final HttpServletResponse forApplication;

  private Phase phase = Phase.UNDECIDED;
  private boolean flushed;
  private long declaredLength = -1;
  private long written;
  private @Nullable HeldStream stream;
  private @Nullable HeldWriter writer;
  private @Nullable PrintWriter printWriter;

  /**
   * Begins to watch a response.
   *
   * @param response the container's
   * @param worthHolding asked once, at the first byte, with the application's status and headers in
   *     place
   * @param limit how much is held at most, in bytes, or in characters for a writer
   */
  public BufferedResponse(
      HttpServletResponse response, Predicate<HttpServletResponse> worthHolding, int limit) {
    super(response);
    this.worthHolding = worthHolding;
    this.limit = limit;
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? this : new UnwrappableResponse(this, response);
  }

  /** What the application has to be given in place of the container's response. */
  public HttpServletResponse forApplication() {
    return forApplication;
  }

  /**
   * Says at the end of the request whether the whole body is held, nothing of it sent. An answer
   * without a body counts as held if it is worth holding.
   */
  public boolean isHeldCompletely() {
    return !response.isCommitted() && isHolding();
  }

  /** How much of a body the application has written, in bytes or characters. */
  public long written() {
    return written;
  }

  /** Feeds the held body to a digest: its bytes, or its characters as UTF-8. */
  public void digest(MessageDigest digest) {
    if (stream != null) {
      stream.held().digest(digest);
    } else if (writer != null) {
      writer.held().digest(digest);
    }
  }

  /** Gives the held body to the container and lets everything that follows pass. */
  public void release() throws IOException {
    boolean holding = phase == Phase.HOLDING;
    phase = Phase.PASSING;
    if (holding && stream != null) {
      stream.release();
    } else if (holding && writer != null) {
      writer.release();
    }
  }

  /** Forgets the held body. */
  public void discard() {
    if (stream != null) {
      stream.held().clear();
    }
    if (writer != null) {
      writer.held().clear();
    }
    written = 0;
    flushed = false;
  }

  /** Whether the next part of the body has to be held; false once it may pass. */
  boolean holds(int length) throws IOException {
    written += length;
    if (isHolding() && (flushed || written > limit)) {
      release();
    }
    return phase == Phase.HOLDING;
  }

  /** Whether a flush of the stream or writer is put off. */
  boolean defersFlush() {
    flushed = isHolding();
    return flushed;
  }

  boolean isHolding() {
    if (phase == Phase.UNDECIDED) {
      phase =
          declaredLength <= limit && worthHolding.test(response) ? Phase.HOLDING : Phase.PASSING;
    }
    return phase == Phase.HOLDING;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new HeldStream(this, response.getOutputStream());
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (printWriter == null) {
      // Asked for right now, because it settles the charset, and with it the Content-Type.
      writer = new HeldWriter(this, response.getWriter());
      printWriter = new PrintWriter(writer);
    }
    return printWriter;
  }

  @Override
  public void setContentLength(int length) {
    declaredLength = length;
    super.setContentLength(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    declaredLength = length;
    super.setContentLengthLong(length);
  }

  @Override
  public void flushBuffer() throws IOException {
    release();
    super.flushBuffer();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    discard();
  }

  @Override
  public void reset() {
    super.reset();
    discard();
    // The container has forgotten which of the two the application chose, and so do we.
    stream = null;
    writer = null;
    printWriter = null;
    declaredLength = -1;
    if (phase == Phase.HOLDING) {
      phase = Phase.UNDECIDED;
    }
  }

  @Override
  public void sendError(int status) throws IOException {
    discard();
    phase = Phase.PASSING;
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    discard();
    phase = Phase.PASSING;
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    discard();
    phase = Phase.PASSING;
    super.sendRedirect(location);
  }

  private enum Phase {
    UNDECIDED,
    HOLDING,
    PASSING
  }
}
