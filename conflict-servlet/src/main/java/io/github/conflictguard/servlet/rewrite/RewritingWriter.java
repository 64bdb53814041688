package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import io.github.conflictguard.servlet.response.ChosenOutput;
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
  private final ChosenOutput<PrintWriter> wrapped;
  private boolean used;
  private boolean closed;

  RewritingWriter(RewritingResponse response, HttpServletResponse behind) {
    this.response = response;
    this.behind = behind;
    this.wrapped = new ChosenOutput<>(behind::getWriter);
  }

  /**
   * Gets the writer of the wrapped response, once for each choice of the application.
   *
   * @return whether the writer was obtained by this call, so that its number format applies
   */
  boolean open() throws IOException {
    boolean another = closed || !wrapped.isChosen();
    if (another) {
      wrapped.choose();
      closed = false;
    }
    return another;
  }

  void clear() {
    wrapped.forgetChoice();
    used = false;
    closed = false;
  }

  /** Returns the locale that numbers are formatted for, or null for that of the platform. */
  @Nullable Locale locale() throws IOException {
    return LocalizedWriter.localeOf(behind, wrapped.get());
  }

  boolean isUsed() {
    return used;
  }

  void pass(CharSequence chars) throws IOException {
    wrapped.get().append(chars);
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    used = true;
    if (length > 0 && !closed && response.begin(true)) {
      response.write(CharBuffer.wrap(chars, offset, length));
    } else {
      wrapped.get().write(chars, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    LocalizedWriter.flush(wrapped.get());
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      response.end();
    }
    wrapped.get().close();
  }
}
