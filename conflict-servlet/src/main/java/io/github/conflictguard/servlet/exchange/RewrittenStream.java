package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The output stream of a {@link RewrittenResponse}. */
final class RewrittenStream extends ServletOutputStream {

  private final RewrittenResponse response;
  private final ServletOutputStream containers;
  private boolean closed;

  RewrittenStream(RewrittenResponse response, ServletOutputStream containers) {
    this.response = response;
    this.containers = containers;
  }

  boolean isInFrontOf(ServletOutputStream other) {
    return containers == other;
  }

  void pass(byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      containers.write(bytes);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0 && !closed && response.isRewritten(false)) {
      response.write(bytes, offset, length);
    } else {
      containers.write(bytes, offset, length);
    }
  }

  /** Leaves to the container what containers encode in different ways. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (Latin1.isTheSameIn(response.getCharacterEncoding(), printed)
        && response.isRewritten(false)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      response.off();
      containers.print(printed);
    }
  }

  @Override
  public void flush() throws IOException {
    containers.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      response.end();
    }
    containers.close();
  }

  @Override
  public boolean isReady() {
    return containers.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      response.off();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    containers.setWriteListener(listener);
  }
}
