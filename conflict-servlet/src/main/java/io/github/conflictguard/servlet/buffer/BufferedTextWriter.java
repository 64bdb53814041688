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
public final class BufferedTextWriter extends Writer {

  private final ResponseBuffer body;
  private final HttpServletResponse response;
  private final CharChunks held;
  private @Nullable PrintWriter below;

  /** Whether the application has not chosen this writer since the last reset. */
  private boolean stale = true;

  private boolean closed;
  private boolean reopened;

  BufferedTextWriter(ResponseBuffer body, HttpServletResponse response, CharChunks held) {
    this.body = body;
    this.response = response;
    this.held = held;
  }

  /**
   * Gets the writer of the wrapped response immediately, because that fixes the charset, and with
   * it the Content-Type; once for each choice of the application, as {@link BufferedStream#open}
   * does.
   *
   * @return whether the writer was obtained by this call, so that its number format applies
   */
  boolean open() throws IOException {
    if (closed) {
      reopened = true;
      return false;
    }
    if (stale) {
      takeBelow();
      return true;
    }
    return false;
  }

  /** Returns whether the application has chosen this writer, or continued with it after a reset. */
  boolean isInUse() {
    return !stale || !held.isEmpty();
  }

  /** Returns the locale that numbers are formatted for, or null for that of the platform. */
  @Nullable Locale locale() throws IOException {
    return LocalizedWriter.localeOf(response, below());
  }

  CharChunks held() {
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

  private PrintWriter below() throws IOException {
    return below == null ? takeBelow() : below;
  }

  private PrintWriter takeBelow() throws IOException {
    PrintWriter taken = response.getWriter();
    below = taken;
    stale = false;
    return taken;
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    if (closed) {
      goOnAfterClose();
    }
    if (!closed && body.holds(CharChunks.lengthInUtf8(chars, offset, length))) {
      held.add(chars, offset, length);
    } else if (!body.isReplaced()) {
      below().write(chars, offset, length);
    }
  }

  private void goOnAfterClose() throws IOException {
    boolean again = reopened;
    reopened = false;
    body.goOnAfterClose();
    if (again && !body.isReplaced()) {
      takeBelow();
      closed = false;
    }
  }

  @Override
  public void flush() throws IOException {
    if (!body.defersFlush()) {
      flush(below());
    }
  }

  /** Flushes a writer. A wrapper may set its headers in a flush, but not in a check for errors. */
  public static void flush(PrintWriter below) throws IOException {
    below.flush();
    if (below.checkError()) {
      // A PrintWriter hides failures; the one around this writer receives them here.
      throw new IOException("The client no longer takes the response");
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
}
