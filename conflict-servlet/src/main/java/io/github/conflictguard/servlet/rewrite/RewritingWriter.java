package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.buffer.BufferedTextWriter;
import io.github.conflictguard.servlet.container.LocalizedWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.CharBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The writer of a {@link RewritingResponse}. The container's writer encodes the output. */
final class RewritingWriter extends Writer {

  private final RewritingResponse response;
  private final HttpServletResponse behind;
  private @Nullable PrintWriter below;

  /** Whether the application has not chosen this writer since the last reset or close. */
  private boolean stale = true;

  private boolean used;
  private boolean closed;

  RewritingWriter(RewritingResponse response, HttpServletResponse behind) {
    this.response = response;
    this.behind = behind;
  }

  /**
   * Gets the writer of the wrapped response, once for each choice of the application.
   *
   * @return whether the writer was obtained by this call, so that its number format applies
   */
  boolean open() throws IOException {
    boolean another = stale || closed;
    if (another) {
      takeBelow();
    }
    return another;
  }

  void clear() {
    stale = true;
    used = false;
    closed = false;
  }

  /** Returns the locale that numbers are formatted for, or null for that of the platform. */
  @Nullable Locale locale() throws IOException {
    return LocalizedWriter.localeOf(behind, below());
  }

  private PrintWriter below() throws IOException {
    return below == null ? takeBelow() : below;
  }

  private PrintWriter takeBelow() throws IOException {
    PrintWriter taken = behind.getWriter();
    below = taken;
    stale = false;
    closed = false;
    return taken;
  }

  boolean isUsed() {
    return used;
  }

  void pass(CharSequence chars) throws IOException {
    below().append(chars);
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    used = true;
    if (length > 0 && !closed && response.begin(true)) {
      response.write(CharBuffer.wrap(chars, offset, length));
    } else {
      below().write(chars, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    BufferedTextWriter.flush(below());
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      response.end();
    }
    below().close();
  }
}
