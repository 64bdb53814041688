package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.function.Predicate;
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
 *   <li>the application flushes the response, or writes on after it flushed the stream: it wants
 *       the client to see the parts. A flush that nothing follows is dropped: serializers do that;
 *   <li>it prints to the stream what containers encode in different ways;
 *   <li>the request becomes asynchronous, or the stream gets a write listener;
 *   <li>the application answers by {@code sendError} or {@code sendRedirect}.
 * </ul>
 *
 * <p>Whoever watches may also {@link #replace()} the answer: then the application goes on with a
 * response that looks committed and reaches nobody.
 *
 * <p>One request's thread at a time, as for every response.
 */
public final class BufferedResponse extends DelegatingResponse {

  private final Predicate<HttpServletResponse> worthHolding;
  private final int limit;
  private final WholeAnswer whole;
  private final HttpServletResponse forApplication;

  private Phase phase = Phase.UNDECIDED;
  private boolean letGo;
  private boolean handedOver;
  private int saidStatus;
  private @Nullable String saidLocation;
  private @Nullable Ending postponed;
  private boolean ended;
  private boolean flushed;
  private final DeclaredLength declared = new DeclaredLength();
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
   * @param limit how much is held at most, in bytes; characters count as UTF-8 has them
   * @param whole told at most once, when the whole body is held and nothing can follow
   */
  public BufferedResponse(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      WholeAnswer whole) {
    super(response);
    this.worthHolding = worthHolding;
    this.limit = limit;
    this.whole = whole;
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? this : new UnwrappableResponse(this, response);
  }

  /** What the application has to be given in place of the container's response. */
  public HttpServletResponse forApplication() {
    return forApplication;
  }

  /**
   * Called at the end of the request. An answer without a body counts as held if it is worth
   * holding.
   */
  public void end() throws IOException {
    if (postponed != null) {
      if (whole.replaces(saidStatus, saidLocation)) {
        postponed = null;
      }
      sendPostponed();
      return;
    }
    // In this order: the container's response may belong to another thread once it was let go.
    if (isHolding() && !response.isCommitted()) {
      letGo = true;
      whole.finish(this);
      if (!isReplaced()) {
        phase = Phase.PASSING;
      }
    }
  }

  /** How much of a body the application has written, in bytes; characters as UTF-8 has them. */
  public long written() {
    return written;
  }

  /** Feeds the held body to a digest: its bytes, or its characters as UTF-8. */
  public void digest(MessageDigest digest) {
    if (stream != null) {
      stream.held().digest(digest);
    }
    if (writer != null) {
      writer.held().digest(digest);
    }
  }

  /** The held body, as the container will encode it. */
  public byte[] copyOfBody() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (stream != null) {
      stream.held().copyTo(body);
    }
    if (writer != null) {
      byte[] encoded =
          writer.held().text().getBytes(Charset.forName(response.getCharacterEncoding()));
      body.write(encoded, 0, encoded.length);
    }
    return body.toByteArray();
  }

  /**
   * Forgets the application's answer, whatever it still adds to it. The container has not heard of
   * it and waits for another one.
   */
  public void replace() {
    discard();
    phase = Phase.REPLACED;
    letGo = true;
    ended = true;
  }

  boolean isReplaced() {
    return phase == Phase.REPLACED;
  }

  /** Tells the container of an error or a redirect that was postponed, if there is one. */
  public void sendPostponed() throws IOException {
    Ending ending = postponed;
    if (ending != null) {
      postponed = null;
      phase = Phase.PASSING;
      ending.send();
      abandonIfAnsweredBy(saidStatus, saidLocation);
    }
  }

  /** Like {@link #release()}, for good: another thread is going to answer, unwatched. */
  void handOver() throws IOException {
    handedOver = true;
    sendPostponed();
    release();
  }

  /** Gives the held body to the container and lets everything that follows pass. */
  public void release() throws IOException {
    if (isReplaced()) {
      return;
    }
    boolean holding = phase == Phase.HOLDING;
    phase = Phase.PASSING;
    letGo = true;
    if (holding && stream != null) {
      stream.release();
    }
    if (holding && writer != null) {
      writer.release();
    }
  }

  /** Lets the body go before its end, because the application or its client wants that. */
  void releaseEarly() throws IOException {
    if (isHolding() && !letGo && !response.isCommitted()) {
      whole.beforeEarlyRelease(this);
    }
    release();
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

  /** Whether the next part of the body has to be held; false once it may pass, or is dropped. */
  boolean holds(int length) throws IOException {
    written += length;
    if (isHolding() && (flushed || written > limit || isLongerThanDeclared())) {
      releaseEarly();
      if (flushed && !isReplaced()) {
        super.flushBuffer();
      }
    }
    return phase == Phase.HOLDING;
  }

  /** Whether a flush of the stream or writer is put off. */
  boolean defersFlush() {
    flushed = isHolding();
    return flushed || isReplaced();
  }

  /** Containers judge that, some by where one write ends and the next begins. */
  private boolean isLongerThanDeclared() {
    return writer == null && declared.isExceededBy(written);
  }

  /**
   * The application closed its stream or writer. Containers commit then: what it does to the
   * response later, an exception included, must not change the answer, and the client must not wait
   * for work that goes on.
   */
  void closed() throws IOException {
    // Without a body it waits for the end: it may be a HEAD, whose tag has to be asked for, and
    // that is possible only outside of a forward.
    if (written > 0 && isHolding()) {
      end();
      if (!isReplaced() && !response.isCommitted()) {
        super.flushBuffer();
      }
    }
  }

  boolean isHolding() {
    if (phase == Phase.UNDECIDED) {
      boolean worth = worthHolding.test(response);
      phase = worth && !declared.isBeyond(limit) ? Phase.HOLDING : Phase.PASSING;
      if (worth && phase == Phase.PASSING) {
        whole.beforeEarlyRelease(this);
      }
    }
    return phase == Phase.HOLDING;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    // Asked every time: after a reset the container lets the application choose again, and what
    // was asked for before the reset still works.
    ServletOutputStream containers = response.getOutputStream();
    if (stream == null || !stream.isInFrontOf(containers)) {
      stream = new HeldStream(this, containers);
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (ended && printWriter == null) {
      // After a forward Tomcat closes the writer, whether there is one or not. Asking for it would
      // settle the charset of the error page that is still to come.
      return new PrintWriter(new IgnoringWriter());
    }
    // Asked for right now, because it settles the charset, and with it the Content-Type.
    PrintWriter containers = response.getWriter();
    if (printWriter == null || writer == null || !writer.isInFrontOf(containers)) {
      writer = new HeldWriter(this, containers);
      printWriter = new LocalizedWriter(writer, LocalizedWriter.localeOf(response, containers));
    }
    return printWriter;
  }

  @Override
  public int getStatus() {
    return isReplaced() && saidStatus != 0 ? saidStatus : super.getStatus();
  }

  /** The application's status, also when the container has sent the answer and forgotten it. */
  public int statusSaid() {
    return saidStatus == 0 ? super.getStatus() : saidStatus;
  }

  /** Where the application's answer leads, as the application says it; null when nowhere. */
  public @Nullable String locationSaid() {
    return saidStatus == 0 ? super.getHeader("Location") : saidLocation;
  }

  // What follows an error or a redirect is too late in every container.

  @Override
  public void setStatus(int status) {
    if (!isReplaced()) {
      super.setStatus(status);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!isReplaced()) {
      super.addCookie(cookie);
    }
  }

  @Override
  public void setContentType(String type) {
    if (!isReplaced()) {
      super.setContentType(type);
    }
  }

  @Override
  public void setCharacterEncoding(String charset) {
    if (!isReplaced()) {
      super.setCharacterEncoding(charset);
    }
  }

  @Override
  public void setLocale(Locale locale) {
    if (!isReplaced()) {
      super.setLocale(locale);
    }
  }

  @Override
  public void setContentLength(int length) {
    if (!isReplaced()) {
      declared.set(length);
      super.setContentLength(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!isReplaced()) {
      declared.set(length);
      super.setContentLengthLong(length);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!isReplaced()) {
      declared.noteHeader(name, value);
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (!isReplaced()) {
      declared.noteHeader(name, value);
      super.addHeader(name, value);
    }
  }

  @Override
  public void setBufferSize(int size) {
    if (written > 0 && isHolding()) {
      // The container would say so, if it had the body.
      throw new IllegalStateException("The buffer size is set after content has been written");
    }
    super.setBufferSize(size);
  }

  @Override
  public void flushBuffer() throws IOException {
    releaseEarly();
    if (!isReplaced()) {
      super.flushBuffer();
    }
  }

  @Override
  public boolean isCommitted() {
    return isReplaced() || super.isCommitted();
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
    super.reset();
    saidStatus = 0;
    discard();
    declared.forget();
    if (!letGo) {
      phase = Phase.UNDECIDED;
    }
  }

  @Override
  public void sendError(int status) throws IOException {
    endBy(status, null, true, () -> super.sendError(status));
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    endBy(status, null, true, () -> super.sendError(status, message));
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    endBy(SC_FOUND, location, true, () -> super.sendRedirect(location));
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    endBy(
        status,
        location,
        clearBuffer,
        () -> {
          if (!clearBuffer) {
            release();
          }
          super.sendRedirect(location, status, clearBuffer);
        });
  }

  private void endBy(int status, @Nullable String location, boolean clearBuffer, Ending ending)
      throws IOException {
    sendPostponed();
    checkNotReplaced();
    if (!handedOver && !response.isCommitted()) {
      boolean replaced = whole.replaces(status, location);
      if (replaced || (clearBuffer && whole.postpones(status, location))) {
        replace();
        saidStatus = status;
        saidLocation = location;
        postponed = replaced ? null : ending;
        return;
      }
    }
    ending.send();
    abandonIfAnsweredBy(status, location);
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

  /** What every container says of a response that was answered already. */
  private void checkNotReplaced() {
    if (isReplaced()) {
      throw new IllegalStateException("The response has been committed");
    }
  }

  /** An included servlet may say it too, and containers do not listen. */
  private void abandonIfAnsweredBy(int status, @Nullable String location) {
    if (response.getStatus() == status) {
      saidStatus = status;
      saidLocation = location;
      discard();
      phase = Phase.PASSING;
      letGo = true;
      ended = true;
    }
  }

  /** An error or a redirect, on its way to the container. */
  @FunctionalInterface
  private interface Ending {
    void send() throws IOException;
  }

  private enum Phase {
    UNDECIDED,
    HOLDING,
    PASSING,
    REPLACED
  }
}
