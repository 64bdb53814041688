package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The writer of an {@link ObservedResponse}. The container's writer encodes. */
final class ObservedWriter extends Writer {

  private final ObservedResponse response;
  private final PrintWriter below;

  ObservedWriter(ObservedResponse response, PrintWriter below) {
    this.response = response;
    this.below = below;
  }

  /** Returns whether the container has another writer, as it may have after a reset. */
  boolean isNotOf(PrintWriter ofContainer) {
    return below != ofContainer;
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    below.write(chars, offset, length);
    response.passed(chars, offset, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    below.write(text, offset, length);
    response.passed(text, offset, length);
  }

  @Override
  public void flush() throws IOException {
    LocalizedWriter.flush(below);
  }

  @Override
  public void close() {
    below.close();
  }
}
