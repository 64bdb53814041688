package io.github.conflictguard.servlet.response;

import java.io.Writer;

/** A writer that ignores output after the response has ended, as a container does. */
public final class IgnoringWriter extends Writer {

  @Override
  public void write(char[] chars, int offset, int length) {
    // The response is complete.
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
