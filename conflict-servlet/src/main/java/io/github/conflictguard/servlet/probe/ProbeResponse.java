package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.buffer.ByteChunks;
import io.github.conflictguard.servlet.buffer.ChunkPool;
import io.github.conflictguard.servlet.container.JettyForwards;
import io.github.conflictguard.servlet.container.LocalizedWriter;
import io.github.conflictguard.servlet.container.TomcatResponses;
import io.github.conflictguard.servlet.response.ContentChecksum;
import io.github.conflictguard.servlet.response.HashableBody;
import io.github.conflictguard.servlet.response.KnownBody;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import io.github.conflictguard.servlet.rewrite.CodeUnits;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A response that is not sent: it records the application's response to an internal GET. Cookies
 * are dropped, and nothing is passed to the wrapped response. After the application closes it, it
 * does not change, like the response of a container.
 *
 * <p>Not thread-safe.
 */
public final class ProbeResponse extends ProbeResponseHead implements HashableBody {

  private final ProbeOutputStream stream;
  private BooleanSupplier staysOpen = () -> false;
  private @Nullable JettyForwards forwards;
  private boolean error;
  private boolean sentElsewhere;
  private Output chosen = Output.NONE;
  private @Nullable PrintWriter writer;

  /**
   * Creates an empty response.
   *
   * @param response the response that a container may unwrap; it is never written to
   * @param limit the maximum number of bytes of the body to keep
   * @param expected the body that is likely to follow, or null if unknown
   */
  public ProbeResponse(HttpServletResponse response, int limit, @Nullable KnownBody expected) {
    super(response);
    ByteChunks held =
        new ByteChunks(ChunkPool.unshared(), expected == null ? null : expected.bytes);
    this.stream = new ProbeOutputStream(limit, () -> staysOpen.getAsBoolean(), held);
  }

  /**
   * Returns the response to pass to the container's dispatcher. It is a wrapper: Tomcat inserts its
   * own wrapper in front of other responses, and hides the status of an include.
   */
  public HttpServletResponse forContainer() {
    // Tomcat needs no response of its own, and applications that unwrap responses would find it.
    return new UnwrappableResponse(this, TomcatResponses.leadsToOne(response) ? this : response);
  }

  /** Returns whether the application has set a status or a header, or written a byte. */
  public boolean isTouched() {
    return isHeadTouched() || stream.length() > 0;
  }

  /** Returns whether the body exceeds the limit. */
  public boolean isTruncated() {
    return stream.isTruncated();
  }

  @Override
  public void digest(MessageDigest digest) {
    flushWriter();
    stream.held().digest(digest);
  }

  @Override
  public long written() {
    flushWriter();
    return stream.length();
  }

  @Override
  public boolean isComplete() {
    flushWriter();
    long length = declaredLength();
    return !sentElsewhere && (length < 0 || length == stream.length() || isOfChars(length));
  }

  /**
   * Returns whether the length is that of the characters in a likely charset. The container's
   * charset is unknown, so the application may have used another one.
   */
  private boolean isOfChars(long length) {
    if (chosen != Output.WRITER) {
      return false;
    }
    String text = new String(bytes(), StandardCharsets.UTF_8);
    Charset said = CodeUnits.said(this);
    return length == text.getBytes(StandardCharsets.ISO_8859_1).length
        || (said != null && length == text.getBytes(said).length)
        || length == lengthIn(getCharacterEncoding(), text);
  }

  /**
   * Returns the length of a text in a charset of this name; negative if there is no such charset.
   */
  private static long lengthIn(String charset, String text) {
    try {
      return text.getBytes(Charset.forName(charset)).length;
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return -1;
    }
  }

  @Override
  public boolean isAsExpected() {
    flushWriter();
    return stream.held().isAsExpected();
  }

  @Override
  public @Nullable KnownBody copy() {
    flushWriter();
    return stream.held().isEmpty() ? null : KnownBody.of(bytes());
  }

  /** Sets whether a client would have received a different body. */
  public void sentElsewhere(boolean elsewhere) {
    sentElsewhere = elsewhere;
  }

  /** Returns whether the body was written as characters. */
  boolean isOfCharacters() {
    return chosen == Output.WRITER;
  }

  /** Returns the recorded body as text, in its declared or likely charset. */
  public String text() {
    flushWriter();
    Charset written = chosen == Output.WRITER ? StandardCharsets.UTF_8 : null;
    return CodeUnits.text(bytes(), written == null ? CodeUnits.said(this) : written);
  }

  /** Returns the recorded body; characters are encoded as UTF-8. */
  public byte[] bytes() {
    flushWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stream.held().copyTo(bytes);
    return bytes.toByteArray();
  }

  /** Copies the response to that of a client. An error of the application remains an error. */
  public void copyTo(HttpServletResponse target) throws IOException {
    copyHeadersTo(target);
    if (error) {
      target.sendError(getStatus());
      return;
    }
    target.setStatus(getStatus());
    if (chosen == Output.WRITER) {
      flushWriter();
      target.setCharacterEncoding(StandardCharsets.UTF_8.name());
    }
    stream.held().moveTo(target.getOutputStream());
  }

  /** Returns whether the client must authenticate, or lacks the permission. */
  public boolean isChallenge() {
    return getStatus() == SC_UNAUTHORIZED || getStatus() == SC_FORBIDDEN;
  }

  /**
   * Copies a challenge to the response of a client that must not see the rest: the status, and the
   * authentication headers.
   */
  public void copyChallengeTo(HttpServletResponse target) throws IOException {
    for (String challenge : getHeaders("WWW-Authenticate")) {
      target.addHeader("WWW-Authenticate", challenge);
    }
    target.sendError(getStatus());
  }

  /** Flushes the writer to the stream; called when the application has returned. */
  public void flushWriter() {
    if (writer != null) {
      writer.flush();
    }
  }

  /**
   * Sets the condition under which a close is ignored: after a forward Jetty closes a response that
   * appears synchronous, while another thread is still writing to it.
   */
  void staysOpenWhile(BooleanSupplier condition) {
    staysOpen = condition;
  }

  /** Sets the request that is passed to the container together with this response. */
  void answers(HttpServletRequest question) {
    forwards = JettyForwards.of(question, response);
  }

  /** Checks whether a forward has begun; called before another thread continues the response. */
  void noteForward() {
    if (forwards != null && forwards.hasBegun() && !isCommitted()) {
      beginForward();
    }
  }

  /** Resets the body, and lets the target of the forward choose stream or writer. */
  @Override
  protected void beginForward() {
    resetBuffer();
    chosen = Output.NONE;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    noteForward();
    if (chosen == Output.WRITER) {
      throw new IllegalStateException("getWriter() has been called for this response");
    }
    if (!staysOpen.getAsBoolean()) {
      // Otherwise Jetty may be about to close it, before the application has chosen.
      chosen = Output.STREAM;
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() {
    noteForward();
    if (chosen == Output.STREAM) {
      throw new IllegalStateException("getOutputStream() has been called for this response");
    }
    chosen = Output.WRITER;
    if (writer == null) {
      // Always UTF-8, like the digest of a buffered response; the container's charset is unknown.
      writer =
          new LocalizedWriter(
              new OutputStreamWriter(stream, StandardCharsets.UTF_8),
              LocalizedWriter.localeOf(this, null)) {
            @Override
            public void close() {
              if (staysOpen.getAsBoolean()) {
                flush();
              } else {
                super.close();
              }
            }
          };
    }
    return writer;
  }

  @Override
  public void sendError(int status) {
    resetBuffer();
    setStatus(status);
    error = true;
  }

  @Override
  public void sendError(int status, String message) {
    sendError(status);
  }

  @Override
  public void sendRedirect(String location) {
    sendRedirect(location, SC_FOUND, true);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) {
    if (clearBuffer) {
      resetBuffer();
    }
    setStatus(status);
    setHeader("Location", location);
  }

  @Override
  public void setBufferSize(int size) {
    // Only the limit applies.
  }

  @Override
  public void flushBuffer() {
    flushWriter();
  }

  @Override
  public boolean isCommitted() {
    return stream.isClosed();
  }

  @Override
  public void resetBuffer() {
    if (isCommitted()) {
      throw new IllegalStateException("The response has been closed");
    }
    flushWriter();
    stream.clear();
  }

  @Override
  public void reset() {
    beginForward();
    resetHead();
    error = false;
  }

  private enum Output {
    NONE,
    STREAM,
    WRITER
  }

  /**
   * Returns the checksum of the body.
   *
   * @param characters whether the body to compare it with was written as characters
   * @return the checksum, or null if this body was written in the other way, so that they cannot be
   *     compared
   */
  public @Nullable Long checksum(boolean characters) {
    if (isOfCharacters() != characters) {
      return null;
    }
    ContentChecksum checksum = new ContentChecksum(any -> true);
    if (characters) {
      String text = text();
      checksum.update(text, 0, text.length());
    } else {
      digest(checksum.new Sink());
    }
    return checksum.value();
  }
}
