package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The output stream of a {@link BufferedResponse}. */
final class HeldStream extends ServletOutputStream {

  private final HeldBody body;
  private final ServletOutputStream containers;
  private final HeldBytes held;
  private boolean closed;

  HeldStream(HeldBody body, ServletOutputStream containers, HeldBytes held) {
    this.body = body;
    this.containers = containers;
    this.held = held;
  }

  boolean isInFrontOf(ServletOutputStream other) {
    return containers == other;
  }

  HeldBytes held() {
    return held;
  }

  void release() throws IOException {
    held.moveTo(containers);
    if (closed) {
      containers.close();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      return;
    }
    if (body.holds(length)) {
      held.add(bytes, offset, length);
    } else if (!body.isReplaced()) {
      containers.write(bytes, offset, length);
    }
  }

  /** Leaves to the container what containers encode in different ways. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (body.isHolding() && Latin1.isTheSameIn(body.charset(), printed)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      body.releaseEarly();
      if (!body.isReplaced()) {
        containers.print(printed);
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (!body.defersFlush()) {
      containers.flush();
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

  @Override
  public boolean isReady() {
    return containers.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      body.releaseEarly();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    containers.setWriteListener(listener);
  }
}
