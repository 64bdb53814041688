package io.github.conflictguard.servlet.exchange;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.CharBuffer;

/** The writer of a {@link RewrittenResponse}. The container's writer encodes what it lets go. */
final class RewrittenWriter extends Writer {

  private final RewrittenResponse response;
  private final PrintWriter containers;
  private boolean used;
  private boolean closed;

  RewrittenWriter(RewrittenResponse response, PrintWriter containers) {
    this.response = response;
    this.containers = containers;
  }

  boolean isInFrontOf(PrintWriter other) {
    return containers == other;
  }

  boolean isUsed() {
    return used;
  }

  void pass(CharSequence chars) {
    containers.append(chars);
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    used = true;
    if (length > 0 && !closed && response.isRewritten(true)) {
      response.write(CharBuffer.wrap(chars, offset, length));
    } else {
      containers.write(chars, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (containers.checkError()) {
      // A PrintWriter hides failures; the one around this writer learns of them here.
      throw new IOException("The client no longer takes the response");
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      response.end();
    }
    containers.close();
  }
}
