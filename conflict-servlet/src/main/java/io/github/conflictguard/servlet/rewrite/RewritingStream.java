package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.response.ChosenOutput;
import io.github.conflictguard.servlet.response.Latin1;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The output stream of a {@link RewritingResponse}. */
final class RewritingStream extends ServletOutputStream {

  private final RewritingResponse response;
  private final ChosenOutput<ServletOutputStream> wrapped;
  private boolean closed;

  RewritingStream(RewritingResponse response, HttpServletResponse behind) {
    this.response = response;
    this.wrapped = new ChosenOutput<>(behind::getOutputStream);
  }

  /** Gets the stream of the wrapped response, once for each choice of the application. */
  void open() throws IOException {
    if (closed || !wrapped.isChosen()) {
      wrapped.choose();
      closed = false;
    }
  }

  void clear() {
    wrapped.forgetChoice();
    closed = false;
  }

  void pass(byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      wrapped.get().write(bytes);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0 && !closed && response.begin(false)) {
      response.write(bytes, offset, length);
    } else {
      wrapped.get().write(bytes, offset, length);
    }
  }

  /** Passes text to the container if containers encode it in different ways. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (Latin1.isTheSameIn(response.getCharacterEncoding(), printed) && response.begin(false)) {
      write(printed.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      response.off();
      wrapped.get().print(printed);
    }
  }

  @Override
  public void flush() throws IOException {
    wrapped.get().flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      response.end();
    }
    wrapped.get().close();
  }

  @Override
  public boolean isReady() {
    return wrapped.getUnchecked().isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      response.off();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wrapped.getUnchecked().setWriteListener(listener);
  }
}
