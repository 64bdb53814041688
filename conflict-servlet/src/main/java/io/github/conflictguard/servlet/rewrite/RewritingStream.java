package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.response.Latin1;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The output stream of a {@link RewritingResponse}. */
final class RewritingStream extends ServletOutputStream {

  private final RewritingResponse response;
  private final HttpServletResponse behind;
  private @Nullable ServletOutputStream below;

  /** Whether the application has not chosen this stream since the last reset or close. */
  private boolean stale = true;

  private boolean closed;

  RewritingStream(RewritingResponse response, HttpServletResponse behind) {
    this.response = response;
    this.behind = behind;
  }

  /** Gets the stream of the wrapped response, once for each choice of the application. */
  void open() throws IOException {
    if (stale || closed) {
      takeBelow();
    }
  }

  void clear() {
    stale = true;
    closed = false;
  }

  /** Returns the wrapped stream. One from before a reset still works, as it does in containers. */
  private ServletOutputStream below() throws IOException {
    return below == null ? takeBelow() : below;
  }

  private ServletOutputStream takeBelow() throws IOException {
    ServletOutputStream taken = behind.getOutputStream();
    below = taken;
    stale = false;
    closed = false;
    return taken;
  }

  private ServletOutputStream belowUnchecked() {
    try {
      return below();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void pass(byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      below().write(bytes);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0 && !closed && response.begin(false)) {
      response.write(bytes, offset, length);
    } else {
      below().write(bytes, offset, length);
    }
  }

  /** Passes text to the container if containers encode it in different ways. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (Latin1.isTheSameIn(response.getCharacterEncoding(), printed) && response.begin(false)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      response.off();
      below().print(printed);
    }
  }

  @Override
  public void flush() throws IOException {
    below().flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      response.end();
    }
    below().close();
  }

  @Override
  public boolean isReady() {
    return belowUnchecked().isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      response.off();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    belowUnchecked().setWriteListener(listener);
  }
}
