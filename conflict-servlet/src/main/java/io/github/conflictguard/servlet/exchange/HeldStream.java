package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
    if (response.holds(length)) {
      held.add(bytes, offset, length);
    } else if (!response.isReplaced()) {
      containers.write(bytes, offset, length);
    }
  }

  /**
   * Prints in Latin-1, as the standard has it, or in the charset of the response, as Jetty does.
   * Where that makes a difference the container has to do it.
   */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (response.isHolding() && isTheSameInLatin1(printed)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      response.releaseEarly();
      if (!response.isReplaced()) {
        containers.print(printed);
      }
    }
  }

  private boolean isTheSameInLatin1(String text) {
    try {
      Charset charset = Charset.forName(response.getCharacterEncoding());
      return Arrays.equals(text.getBytes(charset), text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
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
    if (!closed) {
      closed = true;
      if (response.isHolding()) {
        response.closed();
      } else if (!response.isReplaced()) {
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
      response.releaseEarly();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    containers.setWriteListener(listener);
  }
}
