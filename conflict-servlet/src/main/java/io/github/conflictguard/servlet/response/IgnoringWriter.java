package io.github.conflictguard.servlet.response;

import java.io.Writer;

/** Takes what is written after the answer has ended, as a container does. */
public final class IgnoringWriter extends Writer {

  @Override
  public void write(char[] chars, int offset, int length) {
    // The client has its answer.
  }

  @Override
  public void flush() {
    // Nothing is held.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
