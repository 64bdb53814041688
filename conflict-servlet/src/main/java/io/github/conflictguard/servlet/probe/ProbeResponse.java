package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.buffer.ByteChunks;
import io.github.conflictguard.servlet.buffer.ChunkPool;
import io.github.conflictguard.servlet.container.JettyForwards;
import io.github.conflictguard.servlet.container.TomcatResponses;
import io.github.conflictguard.servlet.response.ContentChecksum;
import io.github.conflictguard.servlet.response.HashableBody;
import io.github.conflictguard.servlet.response.KnownBody;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import io.github.conflictguard.servlet.rewrite.CodeUnits;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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

  private final ProbeOutputs outputs;
  private BooleanSupplier staysOpen = () -> false;
  private @Nullable JettyForwards forwards;
  private boolean sentElsewhere;

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
    this.outputs = new ProbeOutputs(limit, () -> staysOpen.getAsBoolean(), held);
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
    return isHeadTouched() || outputs.length() > 0;
  }

  /** Returns whether the body exceeds the limit. */
  public boolean isTruncated() {
    return outputs.isTruncated();
  }

  @Override
  public void digest(MessageDigest digest) {
    flushWriter();
    outputs.held().digest(digest);
  }

  @Override
  public long written() {
    flushWriter();
    return outputs.length();
  }

  @Override
  public boolean isComplete() {
    flushWriter();
    long length = declaredLength();
    return !sentElsewhere && (length < 0 || length == outputs.length() || isOfChars(length));
  }

  /**
   * Returns whether the length is that of the characters in a likely charset. The container's
   * charset is unknown, so the application may have used another one.
   */
  private boolean isOfChars(long length) {
    if (!isOfCharacters()) {
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
    return outputs.held().isAsExpected();
  }

  @Override
  public @Nullable KnownBody copy() {
    flushWriter();
    return outputs.held().isEmpty() ? null : KnownBody.of(bytes());
  }

  /** Sets whether a client would have received a different body. */
  public void sentElsewhere(boolean elsewhere) {
    sentElsewhere = elsewhere;
  }

  /** Returns whether the body was written as characters. */
  boolean isOfCharacters() {
    return outputs.isOfCharacters();
  }

  /** Returns the recorded body as text, in its declared or likely charset. */
  public String text() {
    flushWriter();
    Charset written = isOfCharacters() ? StandardCharsets.UTF_8 : null;
    return CodeUnits.text(bytes(), written == null ? CodeUnits.said(this) : written);
  }

  /** Returns the recorded body; characters are encoded as UTF-8. */
  public byte[] bytes() {
    return outputs.bytes();
  }

  /** Copies the response to that of a client. An error of the application remains an error. */
  public void copyTo(HttpServletResponse target) throws IOException {
    copyHeadersTo(target);
    if (isError()) {
      target.sendError(getStatus());
      return;
    }
    target.setStatus(getStatus());
    if (isOfCharacters()) {
      flushWriter();
      target.setCharacterEncoding(StandardCharsets.UTF_8.name());
    }
    outputs.held().moveTo(target.getOutputStream());
  }

  /** Flushes the writer to the stream; called when the application has returned. */
  public void flushWriter() {
    outputs.flush();
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
    if (forwards != null && forwards.noteBegun() && !isCommitted()) {
      beginForward();
    }
  }

  /** Resets the body, and lets the target of the forward choose stream or writer. */
  @Override
  protected void beginForward() {
    resetBuffer();
    outputs.forgetChoice();
  }

  @Override
  public ServletOutputStream getOutputStream() {
    noteForward();
    return outputs.stream();
  }

  @Override
  public PrintWriter getWriter() {
    noteForward();
    return outputs.writer(this);
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
    return outputs.isClosed();
  }

  @Override
  public void resetBuffer() {
    if (isCommitted()) {
      throw new IllegalStateException("The response has been closed");
    }
    outputs.clear();
  }

  @Override
  public void reset() {
    beginForward();
    resetHead();
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
