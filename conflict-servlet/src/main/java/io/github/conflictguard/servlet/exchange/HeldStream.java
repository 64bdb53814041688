package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The output stream of a {@link BufferedResponse}. */
final class HeldStream extends ServletOutputStream {

  private final BufferedResponse response;
  private final ServletOutputStream containers;
  private final HeldBytes held = new HeldBytes();
  private boolean closed;

  HeldStream(BufferedResponse response, ServletOutputStream containers) {
    this.response = response;
    this.containers = containers;
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
    if (response.holds(length)) {
      held.add(bytes, offset, length);
    } else {
      containers.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!response.defersFlush()) {
      containers.flush();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (!response.isHolding()) {
      containers.close();
    }
  }

  @Override
  public boolean isReady() {
    return containers.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      response.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    containers.setWriteListener(listener);
  }
}
