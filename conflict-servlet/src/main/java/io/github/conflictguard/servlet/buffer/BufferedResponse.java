package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.HeadFlush;
import io.github.conflictguard.servlet.container.JettyForwards;
import io.github.conflictguard.servlet.container.TomcatResponses;
import io.github.conflictguard.servlet.container.WebSphereFlush;
import io.github.conflictguard.servlet.request.PassEvents;
import io.github.conflictguard.servlet.response.BodyElsewhere;
import io.github.conflictguard.servlet.response.DeclaredLength;
import io.github.conflictguard.servlet.response.HashableBody;
import io.github.conflictguard.servlet.response.KnownBody;
import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is buffered until the end, so that a header can still be added to it, or
 * the response replaced.
 *
 * <p>Status and headers are set on the container's response at once. Whether the body is buffered
 * is decided at its first byte, when the application has set its type. The response is complete
 * when the application closes its stream or writer, as in every container, or else at the end of
 * the request. The body is released, and everything that follows is passed through, when
 *
 * <ul>
 *   <li>it exceeds the limit or its declared length, or that length exceeds the limit;
 *   <li>it has been buffered for the time that the {@link BufferTimer} sets, and the container
 *       would have sent a part of it by then;
 *   <li>the application flushes the response, or writes more after it flushed the stream: the
 *       client is meant to receive the parts. A flush of the stream that is not followed by output
 *       is dropped, because serializers flush at their end. A flush of the response is deferred
 *       until the application has returned if {@link BufferedResponseHandler#holdsOverFlush} allows
 *       it;
 *   <li>it prints text to the stream that containers encode in different ways;
 *   <li>the request becomes asynchronous, or the stream gets a write listener;
 *   <li>the application calls {@code sendError} or {@code sendRedirect}.
 * </ul>
 *
 * <p>The handler may also {@link #replace()} the response: then the application continues with a
 * response that appears committed and is not sent.
 *
 * <p>Used by the thread of one request at a time, as every response, and between its calls by the
 * timer's: see {@link ResponseLock}.
 */
public final class BufferedResponse extends EndableResponse implements HashableBody {

  private final BufferedResponseHandler whole;
  private final ResponseBuffer body;
  private final HttpServletResponse forApplication;
  private @Nullable HttpServletRequest request;
  private @Nullable JettyForwards forwards;
  private @Nullable PassEvents events;

  /**
   * Creates a buffer for a response.
   *
   * @param response the container's response
   * @param before called with the headers that the application changes; null if not required
   */
  BufferedResponse(
      HttpServletResponse response, @Nullable ResponseHeaderTracker before, BufferOptions options) {
    super(response, before, options.whole);
    this.whole = options.whole;
    this.body = new ResponseBuffer(this, options);
    ResponseLock lock = body.lock();
    HttpServletResponse front = lock == null ? this : new LockedResponse(this, lock);
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? front : new UnwrappableResponse(front, response);
  }

  @Override
  ResponseBuffer body() {
    return body;
  }

  /** Returns the response to pass to the application in place of the container's response. */
  public HttpServletResponse forApplication() {
    return forApplication;
  }

  /** Sets the request that is passed to the application together with this response. */
  void answers(HttpServletRequest watchedRequest) {
    request = watchedRequest;
    forwards = JettyForwards.of(watchedRequest, response);
  }

  /** Records the output of the application from now on. */
  void follow(PassEvents listener) {
    events = listener;
  }

  /** Called before each part of the body, buffered or not. */
  void noteWritten() {
    if (events != null) {
      events.written();
    }
  }

  @Override
  protected void noteFixed() {
    if (events != null) {
      events.fixed();
    }
  }

  /**
   * Records that another thread continues the response. Jetty's return from a forward must not be
   * mistaken for a forward that begins then.
   */
  void beginAsync() {
    noteForward();
    endWatch();
  }

  /** Stops the timer: what follows happens on another thread, or outside of a call. */
  public void endWatch() {
    ResponseLock lock = body.lock();
    if (lock != null) {
      lock.end();
    }
  }

  @Override
  public long written() {
    return body.written();
  }

  @Override
  public void digest(MessageDigest digest) {
    body.content().digest(digest);
  }

  @Override
  public boolean isComplete() {
    return body.isComplete() && !BodyElsewhere.isSent(request, response);
  }

  @Override
  public boolean isAsExpected() {
    return body.content().isAsExpected();
  }

  @Override
  public @Nullable KnownBody copy() {
    return body.content().copy();
  }

  /**
   * Decides whether the body is buffered, if that is still open.
   *
   * @return whether the body so far is buffered, and the container has sent nothing
   */
  public boolean decide() {
    return body.decide() && !response.isCommitted();
  }

  /** Returns the buffered body, as the container will encode it. */
  public byte[] encodedBody() {
    return body.content().encoded();
  }

  /**
   * Discards the application's response, including later output. The container has not received any
   * of it and expects another response.
   */
  public void replace() {
    body.replace();
  }

  /** Includes a deferred flush: after a flush no container allows changes of the response. */
  @Override
  protected boolean isReplaced() {
    return body.isReplaced() || body.isFlushPutOff();
  }

  /**
   * Returns whether the application has flushed or closed the response, and it is still buffered.
   */
  public boolean isFlushPutOff() {
    return body.isFlushPutOff();
  }

  /** Releases the response if its flush was deferred, because the application has failed later. */
  public void releaseFlushed() throws IOException {
    if (body.isFlushPutOff()) {
      release();
    }
  }

  /** Releases the response like {@link #release()}, permanently: another thread continues it. */
  void handOver() throws IOException {
    endWatch();
    endDeferring();
    release();
  }

  /** Writes the buffered body to the container and passes everything that follows. */
  public void release() throws IOException {
    body.release();
  }

  @Override
  protected void beginForward() {
    if (body.isFlushPutOff()) {
      // No container forwards a committed response.
      try {
        body.releaseEarly();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (!super.isCommitted()) {
      discard();
      super.beginForward();
    }
  }

  /** Discards the buffered body. */
  public void discard() {
    if (events != null) {
      events.emptied();
    }
    body.discard();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    noteForward();
    return body.stream();
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    noteForward();
    return body.writer();
  }

  /** Checks for a forward: Jetty resets only its own response for dispatchers of the context. */
  private void noteForward() {
    if (forwards != null && forwards.noteBegun()) {
      beginForward();
    }
  }

  @Override
  public void setBufferSize(int size) {
    if (body.written() > 0 && body.isHolding()) {
      // The container would throw it, if it had the body.
      throw new IllegalStateException("The buffer size is set after content has been written");
    }
    super.setBufferSize(size);
  }

  @Override
  public void flushBuffer() throws IOException {
    boolean dropped = whole.isOfHead() && body.written() == 0 && HeadFlush.isGoingOn();
    if ((dropped || WebSphereFlush.isGoingOn(response)) && body.deferFlush()) {
      return;
    }
    if (body.putOffFlush()) {
      return;
    }
    body.releaseEarly();
    if (!isReplaced()) {
      super.flushBuffer();
    }
  }

  @Override
  public void resetBuffer() {
    checkMayBeReset();
    super.resetBuffer();
    discard();
  }

  @Override
  public void reset() {
    checkMayBeReset();
    changeAll();
    super.reset();
    forgetEnding();
    declared.forget();
    if (events != null) {
      events.emptied();
    }
    body.reset();
  }

  /** Returns the length that the application has declared. */
  DeclaredLength declared() {
    return declared;
  }
}
