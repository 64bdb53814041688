package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.ContainerResponses;
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
import io.github.conflictguard.servlet.response.RevocableResponse;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
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
public final class BufferedResponse extends RevocableResponse implements HashableBody {

  private static final Logger LOG = Logger.getLogger(BufferedResponse.class.getName());

  private final BufferedResponseHandler whole;
  private final ResponseBuffer body;
  private final HttpServletResponse forApplication;
  private final @Nullable ResponseLock lock;
  private @Nullable HttpServletRequest request;

  private @Nullable JettyForwards forwards;
  private boolean handedOver;
  private @Nullable DeferredSend said;
  private boolean postponed;
  private @Nullable PassEvents events;

  /** Creates a buffer for a response, without a time limit. */
  public BufferedResponse(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole) {
    this(response, worthHolding, limit, whole, BufferTimer.NEVER);
  }

  /**
   * Creates a buffer for a response.
   *
   * @param response the container's response
   * @param worthHolding called once, at the first byte, with the application's status and headers
   *     in place
   * @param limit the maximum number of buffered bytes; characters count with their length in UTF-8
   * @param whole called at most once, when the complete body is buffered and no output can follow
   * @param timer ends the buffering in time, while the application continues to write
   */
  public BufferedResponse(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      BufferTimer timer) {
    this(
        response,
        worthHolding,
        limit,
        whole,
        null,
        new BufferTime(timer, response, false),
        null,
        ChunkPool.unshared(),
        null);
  }

  /**
   * Creates a buffer for the response to a write, without a time limit before a flush.
   *
   * @param before called with the headers that the application changes
   * @param timer ends the buffering in time after a flush that {@link
   *     BufferedResponseHandler#holdsOverFlush} defers
   */
  public static BufferedResponse ofWrite(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      ResponseHeaderTracker before,
      BufferTimer timer) {
    return new BufferedResponse(
        response,
        worthHolding,
        limit,
        whole,
        before,
        new BufferTime(timer, response, true),
        ContainerResponses.isOne(response) ? timer : null,
        ChunkPool.unshared(),
        null);
  }

  /**
   * Creates a buffer for the response to a read.
   *
   * @param timer ends the buffering in time, also while the application pauses
   * @param chunks provides the memory of the buffer, shared with other responses
   * @param expected the body that is likely to follow, or null if unknown
   */
  public static BufferedResponse ofRead(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      ResponseHeaderTracker before,
      BufferTimer timer,
      ChunkPool chunks,
      @Nullable KnownBody expected) {
    return new BufferedResponse(
        response,
        worthHolding,
        limit,
        whole,
        before,
        new BufferTime(timer, response, false),
        ContainerResponses.isOne(response) ? timer : null,
        chunks,
        expected);
  }

  private BufferedResponse(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      @Nullable ResponseHeaderTracker before,
      BufferTime time,
      @Nullable BufferTimer inPauses,
      ChunkPool chunks,
      @Nullable KnownBody expected) {
    super(response, before);
    this.whole = whole;
    this.lock = inPauses == null ? null : new ResponseLock(this, inPauses);
    this.body = new ResponseBuffer(this, worthHolding, limit, whole, time, lock, chunks, expected);
    HttpServletResponse front = lock == null ? this : new LockedResponse(this, lock);
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? front : new UnwrappableResponse(front, response);
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

  /**
   * Makes a response record the output of the application.
   *
   * @param response the response that was passed to the application
   * @return whether it records the output
   */
  public static boolean follow(@Nullable ServletResponse response, PassEvents events) {
    if (response instanceof BufferedResponse) {
      ((BufferedResponse) response).events = events;
      return true;
    }
    return response instanceof UnwrappableResponse
        ? follow(((UnwrappableResponse) response).inner(), events)
        : response instanceof LockedResponse
            && follow(((LockedResponse) response).delegate(), events);
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

  /** Returns the lock for changes of the response by calls on the request, or null. */
  @Nullable ResponseLock lock() {
    return lock;
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
    if (lock != null) {
      lock.end();
    }
  }

  boolean isWatched() {
    return lock != null && lock.isWatched();
  }

  boolean isKeptFromClient() {
    return body.isKeptFromClient();
  }

  boolean isOverdue() {
    return body.isOverdue();
  }

  /** Called by the timer, on a thread of its own. */
  void releaseOverdue() {
    if (lock != null) {
      lock.whileWatched(
          () -> {
            try {
              body.releaseOverdue();
            } catch (IOException | RuntimeException e) {
              LOG.log(Level.FINE, "The client no longer takes the response", e);
            }
          });
    }
  }

  /**
   * Called at the end of the request. A response without a body counts as buffered if it is worth
   * buffering.
   */
  public void end() throws IOException {
    if (!postponed || said == null) {
      body.finish();
      return;
    }
    whole.ending(said.status, said.location);
    if (whole.replacesEnding()) {
      postponed = false;
    }
    sendPostponed();
  }

  @Override
  public long written() {
    return body.written();
  }

  @Override
  public void digest(MessageDigest digest) {
    body.digest(digest);
  }

  @Override
  public boolean isComplete() {
    return body.isComplete() && !BodyElsewhere.isSent(request, response);
  }

  @Override
  public boolean isAsExpected() {
    return body.isAsExpected();
  }

  @Override
  public @Nullable KnownBody copy() {
    return body.copy();
  }

  /** Returns whether the body so far is buffered, and the container has sent nothing. */
  public boolean isHeld() {
    return body.isHolding() && !response.isCommitted();
  }

  /** Returns the buffered body, as the container will encode it. */
  public byte[] encodedBody() {
    return body.encoded();
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

  /** Sends a deferred error or redirect to the container, if there is one. */
  public void sendPostponed() throws IOException {
    if (postponed && said != null) {
      postponed = false;
      body.pass();
      send(said);
      body.settleCharset();
    }
  }

  /** Releases the response like {@link #release()}, permanently: another thread continues it. */
  void handOver() throws IOException {
    handedOver = true;
    endWatch();
    sendPostponed();
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

  /** Returns the application's status, even if the container has sent and recycled the response. */
  public int statusSaid() {
    return said == null ? super.getStatus() : said.status;
  }

  /** Returns the location of the application's redirect, as passed by it, or null if none. */
  public @Nullable String locationSaid() {
    return said == null ? super.getHeader("Location") : said.location;
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
    if (forwards != null && forwards.hasBegun()) {
      beginForward();
    }
  }

  @Override
  public int getStatus() {
    return isReplaced() ? statusSaid() : super.getStatus();
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
    if ((dropped || WebSphereFlush.isGoingOn(response)) && body.defersFlush()) {
      return;
    }
    if (body.putsOffFlush()) {
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
    said = null;
    declared.forget();
    if (events != null) {
      events.emptied();
    }
    body.reset();
  }

  /**
   * Checks whether a reset is allowed. After an error, Tomcat rejects it, and Jetty revokes the
   * error.
   */
  private void checkMayBeReset() {
    try {
      sendPostponed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkNotReplaced();
  }

  @Override
  public void sendError(int status) throws IOException {
    end(DeferredSend.error(status, () -> super.sendError(status)));
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    end(DeferredSend.error(status, () -> super.sendError(status, message)));
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    end(DeferredSend.redirect(SC_FOUND, location, true, () -> super.sendRedirect(location)));
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    end(
        DeferredSend.redirect(
            status,
            location,
            clearBuffer,
            () -> {
              if (!clearBuffer) {
                release();
              }
              super.sendRedirect(location, status, clearBuffer);
            }));
  }

  private void end(DeferredSend ending) throws IOException {
    sendPostponed();
    checkNotReplaced();
    if (!handedOver && !response.isCommitted()) {
      whole.ending(ending.status, ending.location);
      boolean replaced = whole.replacesEnding();
      if (replaced || (ending.clearsBody && whole.postpones(ending.status, ending.location))) {
        replace();
        said = ending;
        postponed = !replaced;
        return;
      }
    }
    send(ending);
  }

  private void send(DeferredSend ending) throws IOException {
    changeAll();
    ending.send();
    // An included servlet may set it as well, and containers ignore that.
    if (response.getStatus() == ending.status) {
      said = ending;
      body.abandon();
    }
  }

  /** Returns the length that the application has declared. */
  DeclaredLength declared() {
    return declared;
  }
}
