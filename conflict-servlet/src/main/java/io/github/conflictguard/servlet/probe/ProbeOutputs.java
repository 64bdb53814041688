package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.buffer.ByteChunks;
import io.github.conflictguard.servlet.container.LocalizedWriter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream and the writer of a {@link ProbeResponse}, of which the application chooses one, and
 * the body that was written to them. Not thread-safe.
 */
final class ProbeOutputs {

  private final ProbeOutputStream stream;
  private final BooleanSupplier staysOpen;
  private Output chosen = Output.NONE;
  private @Nullable PrintWriter writer;

  /**
   * Creates an empty body.
   *
   * @param limit the maximum number of bytes to keep
   * @param staysOpen returns whether a close is ignored
   * @param held keeps the bytes
   */
  ProbeOutputs(int limit, BooleanSupplier staysOpen, ByteChunks held) {
    this.stream = new ProbeOutputStream(limit, staysOpen, held);
    this.staysOpen = staysOpen;
  }

  /** Returns the stream, for the application. */
  ServletOutputStream stream() {
    if (chosen == Output.WRITER) {
      throw new IllegalStateException("getWriter() has been called for this response");
    }
    if (!staysOpen.getAsBoolean()) {
      // Otherwise Jetty may be about to close it, before the application has chosen.
      chosen = Output.STREAM;
    }
    return stream;
  }

  /**
   * Returns the writer, for the application. It always encodes as UTF-8, like the digest of a
   * buffered response; the container's charset is unknown.
   *
   * @param response the response that provides the locale of the first call
   */
  PrintWriter writer(HttpServletResponse response) {
    if (chosen == Output.STREAM) {
      throw new IllegalStateException("getOutputStream() has been called for this response");
    }
    chosen = Output.WRITER;
    if (writer == null) {
      writer =
          new LocalizedWriter(
              new OutputStreamWriter(stream, StandardCharsets.UTF_8),
              LocalizedWriter.localeOf(response, null)) {
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

  /** Lets the application choose stream or writer again. */
  void forgetChoice() {
    chosen = Output.NONE;
  }

  /** Returns whether the body was written as characters. */
  boolean isOfCharacters() {
    return chosen == Output.WRITER;
  }

  /** Flushes the writer to the stream. */
  void flush() {
    if (writer != null) {
      writer.flush();
    }
  }

  /** Discards the body. */
  void clear() {
    flush();
    stream.clear();
  }

  /** Returns the kept bytes, without those that the writer has not flushed. */
  ByteChunks held() {
    return stream.held();
  }

  /** Returns a copy of the body; characters are encoded as UTF-8. */
  byte[] bytes() {
    flush();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stream.held().copyTo(bytes);
    return bytes.toByteArray();
  }

  /** Returns the number of bytes that the stream has received. */
  long length() {
    return stream.length();
  }

  boolean isTruncated() {
    return stream.isTruncated();
  }

  boolean isClosed() {
    return stream.isClosed();
  }

  private enum Output {
    NONE,
    STREAM,
    WRITER
  }
}
