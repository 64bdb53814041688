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

  private final HeldBody body;
  private final ServletOutputStream containers;
  private final HeldBytes held = new HeldBytes();
  private boolean closed;

  HeldStream(HeldBody body, ServletOutputStream containers) {
    this.body = body;
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
    if (body.holds(length)) {
      held.add(bytes, offset, length);
    } else if (!body.isReplaced()) {
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
    if (body.isHolding() && isTheSameInLatin1(printed)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      body.releaseEarly();
      if (!body.isReplaced()) {
        containers.print(printed);
      }
    }
  }

  private boolean isTheSameInLatin1(String text) {
    try {
      Charset charset = Charset.forName(body.charset());
      return Arrays.equals(text.getBytes(charset), text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
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
