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
 * A response whose body is held back until the end, so that a header can still be added to it, or
 * another answer given.
 *
 * <p>Status and headers go straight to the container. Whether the body is held is decided at its
 * first byte, when the application has said what it is. The answer is whole when the application
 * closes its stream or writer, as every container sees it, or else at the end of the request. The
 * body is let go, and everything that follows passes straight through, when
 *
 * <ul>
 *   <li>it grows beyond the limit or its declared length, or that length is beyond the limit;
 *   <li>it has been held for the time that the {@link BufferTimer} sets, and the container would
 *       have sent a part of it by then;
 *   <li>the application flushes the response, or writes on after it flushed the stream: it wants
 *       the client to see the parts. A flush of the stream that nothing follows is dropped:
 *       serializers do that. One of the response is put off until the application has returned
 *       where {@link BufferedResponseHandler#holdsOverFlush} allows that;
 *   <li>it prints to the stream what containers encode in different ways;
 *   <li>the request becomes asynchronous, or the stream gets a write listener;
 *   <li>the application answers by {@code sendError} or {@code sendRedirect}.
 * </ul>
 *
 * <p>Whoever watches may also {@link #replace()} the answer: then the application goes on with a
 * response that looks committed and reaches nobody.
 *
 * <p>One request's thread at a time, as for every response, and between its calls the timer's: see
 * {@link ResponseLock}.
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

  /** Begins to watch a response, which is held as long as it grows. */
  public BufferedResponse(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole) {
    this(response, worthHolding, limit, whole, BufferTimer.NEVER);
  }

  /**
   * Begins to watch a response.
   *
   * @param response the container's
   * @param worthHolding asked once, at the first byte, with the application's status and headers in
   *     place
   * @param limit how much is held at most, in bytes; characters count as UTF-8 has them
   * @param whole told at most once, when the whole body is held and nothing can follow
   * @param timer what ends the holding in time, when the application writes on
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
   * Begins to watch the response to a write, which is held as long as it grows.
   *
   * @param before what is told of the headers that the application changes
   * @param timer what ends the holding in time after a flush that {@link
   *     BufferedResponseHandler#holdsOverFlush} puts off
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
   * Begins to watch the response to a read.
   *
   * @param timer what ends the holding in time, also while the application pauses
   * @param chunks what the body is held in, shared with other answers
   * @param expected what the body may turn out to be; null when that is unknown
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

  /** What the application has to be given in place of the container's response. */
  public HttpServletResponse forApplication() {
    return forApplication;
  }

  /** Notes the request that the application is given together with this response. */
  void answers(HttpServletRequest watchedRequest) {
    request = watchedRequest;
    forwards = JettyForwards.of(watchedRequest, response);
  }

  /**
   * Lets a response note what the application writes.
   *
   * @param response what the application was given
   * @return whether it does
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

  /** Called before each part of the body, held or not. */
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

  /** The lock of what the application does to the request and changes the response; or null. */
  @Nullable ResponseLock lock() {
    return lock;
  }

  /**
   * Notes that another thread goes on to answer. Jetty's way out of a forward must not look like
   * one that begins then.
   */
  void beginAsync() {
    noteForward();
    endWatch();
  }

  /** Keeps the timer away: what follows happens on another thread, or outside of a call. */
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
   * Called at the end of the request. An answer without a body counts as held if it is worth
   * holding.
   */
  public void end() throws IOException {
    if (!postponed || said == null) {
      body.finish();
      return;
    }
    if (whole.replaces(said.status, said.location)) {
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

  /** Returns whether the body so far is held, and the container has sent nothing. */
  public boolean isHeld() {
    return body.isHolding() && !response.isCommitted();
  }

  /** The held body, as the container will encode it. */
  public byte[] encodedBody() {
    return body.encoded();
  }

  /**
   * Forgets the application's answer, whatever it still adds to it. The container has not heard of
   * it and waits for another one.
   */
  public void replace() {
    body.replace();
  }

  /** A flush that is put off counts: after it no container lets the answer change. */
  @Override
  protected boolean isReplaced() {
    return body.isReplaced() || body.isFlushPutOff();
  }

  /** Returns whether the application has flushed or closed the answer, and it is still held. */
  public boolean isFlushPutOff() {
    return body.isFlushPutOff();
  }

  /** Releases the answer if its flush was put off, because its application has failed later. */
  public void releaseFlushed() throws IOException {
    if (body.isFlushPutOff()) {
      release();
    }
  }

  /** Tells the container of an error or a redirect that was postponed, if there is one. */
  public void sendPostponed() throws IOException {
    if (postponed && said != null) {
      postponed = false;
      body.pass();
      send(said);
      body.settleCharset();
    }
  }

  /** Like {@link #release()}, for good: another thread is going to answer, unwatched. */
  void handOver() throws IOException {
    handedOver = true;
    endWatch();
    sendPostponed();
    release();
  }

  /** Gives the held body to the container and lets everything that follows pass. */
  public void release() throws IOException {
    body.release();
  }

  @Override
  protected void beginForward() {
    if (body.isFlushPutOff()) {
      // No container forwards what is committed.
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

  /** Forgets the held body. */
  public void discard() {
    if (events != null) {
      events.emptied();
    }
    body.discard();
  }

  /** The application's status, also when the container has sent the answer and forgotten it. */
  public int statusSaid() {
    return said == null ? super.getStatus() : said.status;
  }

  /** Where the application's answer leads, as the application says it; null when nowhere. */
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

  /** Jetty empties its own response alone when a dispatcher of the context forwards. */
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
      // The container would say so, if it had the body.
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

  /** After an error, Tomcat refuses it, and Jetty takes the error back. */
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
      boolean replaced = whole.replaces(ending.status, ending.location);
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
    // An included servlet may say it too, and containers do not listen.
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
