package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * The stream and the writer of a {@link RewritingResponse}. There is one of each for all calls of
 * the application, regardless of the objects that the wrapped response returns. Not thread-safe.
 */
final class RewritingOutputs {

  private final RewritingResponse response;
  private final HttpServletResponse behind;
  private @Nullable RewritingStream stream;
  private @Nullable RewritingWriter writer;
  private @Nullable PrintWriter printWriter;

  RewritingOutputs(RewritingResponse response, HttpServletResponse behind) {
    this.response = response;
    this.behind = behind;
  }

  ServletOutputStream stream() throws IOException {
    if (stream == null) {
      stream = new RewritingStream(response, behind);
    }
    stream.open();
    return stream;
  }

  PrintWriter writer() throws IOException {
    if (writer == null) {
      writer = new RewritingWriter(response, behind);
    }
    // A PrintWriter that has failed once remains failed.
    if (writer.open() || printWriter == null) {
      printWriter = new LocalizedWriter(writer, writer.locale());
    }
    return printWriter;
  }

  /**
   * Writes rewritten output to the wrapped response.
   *
   * @param units converts the output to bytes; null if it is not rewritten
   * @param last whether no rewritten output follows
   */
  void pass(CharSequence out, @Nullable CodeUnits units, boolean last) throws IOException {
    if (writer != null && writer.isUsed()) {
      writer.pass(out);
    } else if (stream != null && units != null) {
      stream.pass(units.toBytes(out));
      stream.pass(last ? units.takeHalf() : new byte[0]);
    }
  }

  /** Lets the application choose stream or writer again. */
  void clear() {
    if (stream != null) {
      stream.clear();
    }
    if (writer != null) {
      writer.clear();
    }
  }
}
