package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.response.Latin1;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The output stream of an {@link ObservedResponse}. Not thread-safe. */
final class ObservedStream extends ServletOutputStream {

  private final ObservedResponse response;
  private final ServletOutputStream below;

  ObservedStream(ObservedResponse response, ServletOutputStream below) {
    this.response = response;
    this.below = below;
  }

  /** Returns whether the container has another stream, as it may have after a reset. */
  boolean isNotOf(ServletOutputStream ofContainer) {
    return below != ofContainer;
  }

  @Override
  public void write(int b) throws IOException {
    below.write(b);
    response.passed(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    below.write(bytes, offset, length);
    response.passed(bytes, offset, length);
  }

  /** Passes text to the container if containers encode it in different ways. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    below.print(text);
    if (Latin1.isTheSameIn(response.getCharacterEncoding(), printed)) {
      byte[] bytes = printed.getBytes(StandardCharsets.ISO_8859_1);
      response.passed(bytes, 0, bytes.length);
    } else {
      response.passedUnseen();
    }
  }

  @Override
  public void flush() throws IOException {
    below.flush();
  }

  @Override
  public void close() throws IOException {
    below.close();
  }

  @Override
  public boolean isReady() {
    return below.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    below.setWriteListener(listener);
  }
}
