package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream of a body that was read before, followed by its unread rest. */
final class ReplayedInput extends ServletInputStream {

  private final InputStream read;
  private final @Nullable InputStream unread;
  private final HttpServletRequest request;
  private boolean ended;

  ReplayedInput(byte[] read, @Nullable InputStream unread, HttpServletRequest request) {
    this.read = new ByteArrayInputStream(read);
    this.unread = unread;
    this.request = request;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = read.read(bytes, offset, length);
    if (count < 0 && unread != null) {
      count = unread.read(bytes, offset, length);
    }
    ended = count < 0;
    return count;
  }

  @Override
  public int available() throws IOException {
    return read.available();
  }

  @Override
  public boolean isFinished() {
    return ended;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /**
   * Sets the listener, which runs on a container thread. The data is present, or read by blocking.
   */
  @Override
  public void setReadListener(ReadListener listener) {
    request
        .getAsyncContext()
        .start(
            () -> {
              try {
                listener.onDataAvailable();
                listener.onAllDataRead();
              } catch (IOException | RuntimeException e) {
                listener.onError(e);
              }
            });
  }
}
