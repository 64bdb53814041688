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
 * A response that reaches nobody: it collects what the application answers to a question that the
 * filter asks on its own. Cookies are dropped, and nothing gets through to the response behind it.
 * Once the application closes it, it stays as it is, as a container's does.
 *
 * <p>One thread at a time.
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
   * Begins an answer that will be kept.
   *
   * @param response what a container may see behind this one; never written to
   * @param limit how many bytes of the body are kept
   * @param expected what the body may turn out to be; null when that is unknown
   */
  public ProbeResponse(HttpServletResponse response, int limit, @Nullable KnownBody expected) {
    super(response);
    ByteChunks held =
        new ByteChunks(ChunkPool.unshared(), expected == null ? null : expected.bytes);
    this.stream = new ProbeOutputStream(limit, () -> staysOpen.getAsBoolean(), held);
  }

  /**
   * What has to be given to the container's dispatcher. A wrapper: Tomcat puts its own in front of
   * what is no wrapper, and hides the status of an include from us.
   */
  public HttpServletResponse forContainer() {
    // Not Tomcat's own: it needs none, and applications that look behind wrappers would find it.
    return new UnwrappableResponse(this, TomcatResponses.leadsToOne(response) ? this : response);
  }

  /** Whether the application said anything at all: a status, a header or a byte. */
  public boolean isTouched() {
    return isHeadTouched() || stream.length() > 0;
  }

  /** Whether the body was longer than what is kept. */
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
   * The container's charset is not known: the application may have counted in another than ours.
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

  /** Returns the length of a text in a charset of this name; negative for a name of none. */
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

  /** Notes whether a client would have got another body than this one. */
  public void sentElsewhere(boolean elsewhere) {
    sentElsewhere = elsewhere;
  }

  /** Whether the body was written as characters. */
  boolean isOfCharacters() {
    return chosen == Output.WRITER;
  }

  /** The kept body as text: in the charset that it says, or in which it seems to be written. */
  public String text() {
    flushWriter();
    Charset written = chosen == Output.WRITER ? StandardCharsets.UTF_8 : null;
    return CodeUnits.text(bytes(), written == null ? CodeUnits.said(this) : written);
  }

  /** The kept body; characters as UTF-8 has them. */
  public byte[] bytes() {
    flushWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stream.held().copyTo(bytes);
    return bytes.toByteArray();
  }

  /** Gives the answer to a client. What the application sent as an error stays one. */
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

  /** Returns whether the client is asked to authenticate, or told that it may not do this. */
  public boolean isChallenge() {
    return getStatus() == SC_UNAUTHORIZED || getStatus() == SC_FORBIDDEN;
  }

  /**
   * Gives a challenge to a client that may not see the rest of the answer: the status, and how to
   * authenticate.
   */
  public void copyChallengeTo(HttpServletResponse target) throws IOException {
    for (String challenge : getHeaders("WWW-Authenticate")) {
      target.addHeader("WWW-Authenticate", challenge);
    }
    target.sendError(getStatus());
  }

  /** Makes the writer give all it holds to the stream; called when the application has ended. */
  public void flushWriter() {
    if (writer != null) {
      writer.flush();
    }
  }

  /**
   * Says when a close is not the last word: after a forward Jetty closes what looks synchronous to
   * it, while another thread is still answering.
   */
  void staysOpenWhile(BooleanSupplier condition) {
    staysOpen = condition;
  }

  /** Notes the request that is given to the container together with this response. */
  void answers(HttpServletRequest question) {
    forwards = JettyForwards.of(question, response);
  }

  /** Notes a forward that has begun; called before another thread answers in its place. */
  void noteForward() {
    if (forwards != null && forwards.hasBegun() && !isCommitted()) {
      beginForward();
    }
  }

  /** Empties the body, and lets the servlet that is forwarded to choose stream or writer. */
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
      // Else this may be Jetty on its way to close it, before the application has chosen.
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
      // Always UTF-8, as the digest of a written answer is; the container's choice is not known.
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
    // The limit decides.
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
   * @param characters whether the body that it is compared with was written as characters
   * @return null when this one was not written in the same way, so that they cannot be compared
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
