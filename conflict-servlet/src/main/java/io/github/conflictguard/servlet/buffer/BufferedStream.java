package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.response.Latin1;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The output stream of a {@link BufferedResponse}. */
final class BufferedStream extends ServletOutputStream {

  private final ResponseBuffer body;
  private final HttpServletResponse response;
  private final ByteChunks held;
  private @Nullable ServletOutputStream below;

  /** Whether the application has not chosen this stream since the last reset. */
  private boolean stale = true;

  private boolean closed;
  private boolean reopened;

  BufferedStream(ResponseBuffer body, HttpServletResponse response, ByteChunks held) {
    this.body = body;
    this.response = response;
    this.held = held;
  }

  /**
   * Gets the stream of the wrapped response, once for each choice of the application. If more is
   * written after a close, it gets the stream again, so that the wrapped response decides what
   * happens.
   */
  void open() throws IOException {
    if (closed) {
      reopened = true;
    } else if (stale) {
      takeBelow();
    }
  }

  ByteChunks held() {
    return held;
  }

  void release() throws IOException {
    if (!held.isEmpty()) {
      held.moveTo(below());
    }
    if (closed && !reopened) {
      below().close();
    }
  }

  void clear() {
    held.clear();
    stale = true;
    closed = false;
    reopened = false;
  }

  /** Returns the wrapped stream. One from before a reset still works, as it does in containers. */
  private ServletOutputStream below() throws IOException {
    return below == null ? takeBelow() : below;
  }

  private ServletOutputStream takeBelow() throws IOException {
    ServletOutputStream taken = response.getOutputStream();
    below = taken;
    stale = false;
    return taken;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      goOnAfterClose();
    }
    if (!closed && body.holds(length)) {
      held.add(bytes, offset, length);
    } else if (!body.isReplaced()) {
      below().write(bytes, offset, length);
    }
  }

  /** Continues after a close. Containers drop or reject such output; wrappers may accept it. */
  private void goOnAfterClose() throws IOException {
    boolean again = reopened;
    reopened = false;
    body.goOnAfterClose();
    if (again && !body.isReplaced()) {
      takeBelow();
      closed = false;
    }
  }

  /** Passes text to the container if containers encode it in different ways. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (body.isHolding() && Latin1.isTheSameIn(body.charset(), printed)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    if (closed) {
      goOnAfterClose();
    }
    body.releaseEarly();
    body.noteWritten();
    if (!body.isReplaced()) {
      below().print(printed);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!body.defersFlush()) {
      below().flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      if (body.isHolding()) {
        body.closed();
      } else if (!body.isReplaced()) {
        below().close();
      }
    } else {
      reopened = false; // Nothing was written: it is closed as before.
    }
  }

  @Override
  public boolean isReady() {
    return belowUnchecked().isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      body.releaseEarly();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    belowUnchecked().setWriteListener(listener);
  }

  private ServletOutputStream belowUnchecked() {
    try {
      return below();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
