package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.response.Latin1;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The output stream of a {@link BufferedResponse}. */
final class BufferedStream extends ServletOutputStream {

  private final ResponseBuffer body;
  private final ByteChunks held;
  private final BufferedOutput<ServletOutputStream> output;

  BufferedStream(ResponseBuffer body, HttpServletResponse response, ByteChunks held) {
    this.body = body;
    this.held = held;
    this.output = new BufferedOutput<>(body, response::getOutputStream);
  }

  /** See {@link BufferedOutput#open}. */
  void open() throws IOException {
    output.open();
  }

  ByteChunks held() {
    return held;
  }

  void release() throws IOException {
    if (!held.isEmpty()) {
      held.moveTo(output.below());
    }
    output.release();
  }

  void clear() {
    held.clear();
    output.clear();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (output.beginWrite(length)) {
      held.add(bytes, offset, length);
    } else if (!body.isReplaced()) {
      output.below().write(bytes, offset, length);
    }
  }

  /** Passes text to the container if containers encode it in different ways. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (body.decide() && Latin1.isTheSameIn(body.charset(), printed)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    output.goOn();
    body.releaseEarly();
    body.noteWritten();
    if (!body.isReplaced()) {
      output.below().print(printed);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!body.deferFlush()) {
      output.below().flush();
    }
  }

  @Override
  public void close() throws IOException {
    output.close();
  }

  @Override
  public boolean isReady() {
    return output.belowUnchecked().isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      body.releaseEarly();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    output.belowUnchecked().setWriteListener(listener);
  }
}
