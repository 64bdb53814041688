package io.github.conflictguard.servlet.buffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** A stream that the application's thread and the timer's never use at the same time. */
final class LockedStream extends ServletOutputStream {

  private final BufferedStream stream;
  private final ResponseLock lock;

  LockedStream(BufferedStream stream, ResponseLock lock) {
    this.stream = stream;
    this.lock = lock;
  }

  @Override
  public void write(int b) throws IOException {
    lock.enter();
    try {
      stream.write(b);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.enter();
    try {
      stream.write(bytes, offset, length);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void print(String text) throws IOException {
    lock.enter();
    try {
      stream.print(text);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void flush() throws IOException {
    lock.enter();
    try {
      stream.flush();
    } finally {
      lock.exit();
    }
  }

  @Override
  public void close() throws IOException {
    lock.enter();
    try {
      stream.close();
    } finally {
      lock.exit();
    }
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  /** Sets the listener. From now on the container decides which thread writes. */
  @Override
  public void setWriteListener(WriteListener listener) {
    lock.end();
    stream.setWriteListener(listener);
  }
}
