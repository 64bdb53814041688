package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** A writer that gets the writer of a response on the first output. Not thread-safe. */
final class LateWriter extends Writer {

  private final HttpServletResponse response;
  private @Nullable PrintWriter taken;

  LateWriter(HttpServletResponse response) {
    this.response = response;
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    PrintWriter writer = taken == null ? response.getWriter() : taken;
    taken = writer;
    writer.write(chars, offset, length);
  }

  @Override
  public void flush() throws IOException {
    if (taken != null) {
      LocalizedWriter.flush(taken);
    }
  }

  @Override
  public void close() {
    if (taken != null) {
      taken.close();
    }
  }
}
