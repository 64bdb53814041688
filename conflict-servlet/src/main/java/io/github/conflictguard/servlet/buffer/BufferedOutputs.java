package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import io.github.conflictguard.servlet.response.IgnoringWriter;
import io.github.conflictguard.servlet.response.KnownBody;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The stream and the writer that wrap those of the wrapped response, and their buffered content.
 * There is one of each, regardless of the objects that the wrapped response returns: many wrappers
 * return a new one from each call. Only an explicit reset lets the application choose between
 * stream and writer again.
 */
final class BufferedOutputs {

  private final ResponseBuffer body;
  private final HttpServletResponse response;
  private final @Nullable ResponseLock lock;
  private final ChunkPool chunks;
  private final @Nullable KnownBody expected;
  private @Nullable BufferedStream stream;
  private @Nullable ServletOutputStream outputStream;
  private @Nullable BufferedTextWriter writer;
  private @Nullable PrintWriter printWriter;

  /** Whether the application has got a writer after the response was replaced. */
  private boolean takenLate;

  BufferedOutputs(ResponseBuffer body, HttpServletResponse response, BufferOptions options) {
    this.body = body;
    this.response = response;
    this.lock = body.lock();
    this.chunks = options.chunks;
    this.expected = options.expected;
  }

  ServletOutputStream stream() throws IOException {
    if (stream == null) {
      ByteChunks held = new ByteChunks(chunks, expected == null ? null : expected.bytes);
      stream = new BufferedStream(body, response, held);
      outputStream = lock == null ? stream : new LockedStream(stream, lock);
    }
    stream.open();
    return outputStream == null ? stream : outputStream;
  }

  PrintWriter writer() throws IOException {
    if (writer == null) {
      CharChunks held = new CharChunks(chunks, expected == null ? null : expected.chars);
      writer = new BufferedTextWriter(body, response, held);
    }
    // A PrintWriter that has failed once remains failed.
    if (writer.open() || printWriter == null) {
      Writer given = lock == null ? writer : new LockedWriter(writer, lock);
      printWriter = new LocalizedWriter(given, writer.locale());
    }
    return printWriter;
  }

  /** Returns a writer for output after the response was replaced. */
  PrintWriter ignoringWriter() {
    takenLate = true;
    return new PrintWriter(new IgnoringWriter());
  }

  /** Fixes the charset as the application did after it had ended the response. */
  void settleCharset() throws IOException {
    if (takenLate) {
      takenLate = false;
      try {
        response.getWriter();
      } catch (IllegalStateException e) {
        // The application has a stream, and got the same exception from the container.
      }
    }
  }

  boolean hasWriter() {
    return writer != null && writer.isInUse();
  }

  /** Feeds the buffered content to a digest: its bytes, or its characters as UTF-8. */
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

  /**
   * Returns a copy of the buffered content; null if it is empty, or has both bytes and characters.
   */
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

  /** Returns the buffered content, as the container will encode it. */
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

  /** Returns whether the buffered body has this length, as the container will encode it. */
  boolean isOfLength(long length, long inUtf8) {
    boolean asCounted = !hasChars() || "UTF-8".equalsIgnoreCase(response.getCharacterEncoding());
    return (asCounted && length == inUtf8) || (hasChars() && length == encoded().length);
  }

  /** Writes the buffered content to the container. */
  void release() throws IOException {
    if (stream != null) {
      stream.release();
    }
    if (writer != null) {
      writer.release();
    }
  }

  /** Discards the buffered content, and lets the application choose stream or writer again. */
  void clear() {
    if (stream != null) {
      stream.clear();
    }
    if (writer != null) {
      writer.clear();
    }
  }
}
