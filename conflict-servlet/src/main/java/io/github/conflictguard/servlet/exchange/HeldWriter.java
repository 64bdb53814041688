package io.github.conflictguard.servlet.exchange;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * The writer of a {@link BufferedResponse}. It holds characters and leaves their encoding to the
 * container's writer, so that the bytes are the container's.
 */
final class HeldWriter extends Writer {

  private final HeldBody body;
  private final PrintWriter containers;
  private final HeldChars held;
  private boolean closed;

  HeldWriter(HeldBody body, PrintWriter containers, HeldChars held) {
    this.body = body;
    this.containers = containers;
    this.held = held;
  }

  boolean isInFrontOf(PrintWriter other) {
    return containers == other;
  }

  HeldChars held() {
    return held;
  }

  void release() {
    held.moveTo(containers);
    if (closed) {
      containers.close();
    }
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    if (body.holds(HeldChars.lengthInUtf8(chars, offset, length))) {
      held.add(chars, offset, length);
    } else if (!body.isReplaced()) {
      containers.write(chars, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!body.defersFlush() && containers.checkError()) {
      // A PrintWriter hides failures; the one around this writer learns of them here.
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
        containers.close();
      }
    }
  }
}
