package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The stream and the writer in front of those of the container, and what they hold. */
final class HeldOutputs {

  private final HeldBody body;
  private final HttpServletResponse response;
  private final Chunks chunks;
  private final @Nullable KnownBody expected;
  private @Nullable HeldStream stream;
  private @Nullable HeldWriter writer;
  private @Nullable PrintWriter printWriter;

  HeldOutputs(
      HeldBody body, HttpServletResponse response, Chunks chunks, @Nullable KnownBody expected) {
    this.body = body;
    this.response = response;
    this.chunks = chunks;
    this.expected = expected;
  }

  ServletOutputStream stream() throws IOException {
    // Asked every time: after a reset the container lets the application choose again, and what
    // was asked for before the reset still works.
    ServletOutputStream containers = response.getOutputStream();
    if (stream == null || !stream.isInFrontOf(containers)) {
      HeldBytes held = new HeldBytes(chunks, expected == null ? null : expected.bytes);
      stream = new HeldStream(body, containers, held);
    }
    return stream;
  }

  PrintWriter writer() throws IOException {
    // Asked for right now, because it settles the charset, and with it the Content-Type.
    PrintWriter containers = response.getWriter();
    if (printWriter == null || writer == null || !writer.isInFrontOf(containers)) {
      HeldChars held = new HeldChars(chunks, expected == null ? null : expected.chars);
      writer = new HeldWriter(body, containers, held);
      printWriter = new LocalizedWriter(writer, LocalizedWriter.localeOf(response, containers));
    }
    return printWriter;
  }

  boolean hasWriter() {
    return writer != null;
  }

  /** Feeds what is held to a digest: its bytes, or its characters as UTF-8. */
  void digest(MessageDigest digest) {
    if (stream != null) {
      stream.held().digest(digest);
    }
    if (writer != null) {
      writer.held().digest(digest);
    }
  }

  boolean isAsExpected() {
    return hasChars()
        ? !hasBytes() && writer != null && writer.held().isAsExpected()
        : stream != null && stream.held().isAsExpected();
  }

  /** A copy of what is held; null of nothing, and of bytes together with characters. */
  @Nullable KnownBody copy() {
    if (hasBytes() == hasChars()) {
      return null;
    }
    return writer == null || hasBytes()
        ? KnownBody.of(encoded())
        : KnownBody.of(writer.held().text().toCharArray());
  }

  private boolean hasBytes() {
    return stream != null && !stream.held().isEmpty();
  }

  private boolean hasChars() {
    return writer != null && !writer.held().isEmpty();
  }

  /** What is held, as the container will encode it. */
  byte[] encoded() {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    if (stream != null) {
      stream.held().copyTo(copy);
    }
    if (writer != null) {
      byte[] encoded =
          writer.held().text().getBytes(Charset.forName(response.getCharacterEncoding()));
      copy.write(encoded, 0, encoded.length);
    }
    return copy.toByteArray();
  }

  /** Gives what is held to the container. */
  void release() throws IOException {
    if (stream != null) {
      stream.release();
    }
    if (writer != null) {
      writer.release();
    }
  }

  /** Forgets what is held. */
  void clear() {
    if (stream != null) {
      stream.held().clear();
    }
    if (writer != null) {
      writer.held().clear();
    }
  }
}
