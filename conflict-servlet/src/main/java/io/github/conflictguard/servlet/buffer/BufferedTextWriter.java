package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a {@link BufferedResponse}. It buffers characters and leaves their encoding to the
 * container's writer, so that the bytes are the same as without buffering.
 */
final class BufferedTextWriter extends Writer {

  private final ResponseBuffer body;
  private final HttpServletResponse response;
  private final CharChunks held;
  private final BufferedOutput<PrintWriter> output;

  BufferedTextWriter(ResponseBuffer body, HttpServletResponse response, CharChunks held) {
    this.body = body;
    this.response = response;
    this.held = held;
    this.output = new BufferedOutput<>(body, response::getWriter);
  }

  /**
   * Gets the writer of the wrapped response immediately, because that fixes the charset, and with
   * it the Content-Type; see {@link BufferedOutput#open}.
   *
   * @return whether the writer was obtained by this call, so that its number format applies
   */
  boolean open() throws IOException {
    return output.open();
  }

  /** Returns whether the application has chosen this writer, or continued with it after a reset. */
  boolean isInUse() {
    return output.isChosen() || !held.isEmpty();
  }

  /** Returns the locale that numbers are formatted for, or null for that of the platform. */
  @Nullable Locale locale() throws IOException {
    return LocalizedWriter.localeOf(response, output.below());
  }

  CharChunks held() {
    return held;
  }

  void release() throws IOException {
    if (!held.isEmpty()) {
      held.moveTo(output.below());
    }
    output.release();
  }

  void clear() {
    held.clear();
    output.clear();
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    if (output.beginWrite(CharChunks.lengthInUtf8(chars, offset, length))) {
      held.add(chars, offset, length);
    } else if (!body.isReplaced()) {
      output.below().write(chars, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!body.deferFlush()) {
      LocalizedWriter.flush(output.below());
    }
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
