package io.github.conflictguard.servlet.buffer;

import java.io.IOException;
import java.io.Writer;

/** A writer that the application's thread and the timer's never use at the same time. */
final class LockedWriter extends Writer {

  private final BufferedTextWriter writer;
  private final ResponseLock responseLock;

  LockedWriter(BufferedTextWriter writer, ResponseLock responseLock) {
    this.writer = writer;
    this.responseLock = responseLock;
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    responseLock.enter();
    try {
      writer.write(chars, offset, length);
    } finally {
      responseLock.exit();
    }
  }

  @Override
  public void flush() throws IOException {
    responseLock.enter();
    try {
      writer.flush();
    } finally {
      responseLock.exit();
    }
  }

  @Override
  public void close() throws IOException {
    responseLock.enter();
    try {
      writer.close();
    } finally {
      responseLock.exit();
    }
  }
}
