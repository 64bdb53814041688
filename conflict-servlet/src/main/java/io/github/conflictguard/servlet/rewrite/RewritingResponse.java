package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import io.github.conflictguard.servlet.container.TomcatResponses;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import io.github.conflictguard.servlet.response.ValidatorHoldingResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is passed through a {@link BodyRewriter} while it is written. Whether it is
 * rewritten is decided at its first part, or when the application flushes; a body that is not
 * rewritten is passed byte for byte.
 *
 * <p>A {@code Content-Length} is held back until then, and is dropped if the body may become
 * longer. Not thread-safe.
 */
public final class RewritingResponse extends ValidatorHoldingResponse {

  private final BodyRewriter.Choice choice;
  private final HttpServletResponse forApplication;
  private long declared = -1;
  private boolean isDeclaredAsInt;
  private boolean decided;
  private boolean ended;
  private boolean isOver;
  private boolean rewritten;
  private @Nullable BodyRewriter rewriter;
  private @Nullable CodeUnits units;
  private @Nullable RewritingStream stream;
  private @Nullable RewritingWriter writer;
  private @Nullable PrintWriter printWriter;

  /** Creates a rewriting wrapper of a response of the container. */
  public RewritingResponse(HttpServletResponse response, BodyRewriter.Choice choice) {
    super(response);
    this.choice = choice;
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? this : new UnwrappableResponse(this, response);
  }

  /** Returns the response to use in place of the container's response. */
  public HttpServletResponse forApplication() {
    return forApplication;
  }

  /** Called at the end of the request. */
  public void end() throws IOException {
    if (!ended && !response.isCommitted()) {
      decide(null);
    }
    finish();
  }

  /** Returns whether a body would be rewritten, by the current status and headers. */
  public boolean wouldBeRewritten() {
    CodeUnits none = CodeUnits.ofStream(null);
    return rewriter != null || (!decided && none != null && choice.of(response, none) != null);
  }

  /** Returns whether the application has sent a body that was not rewritten. */
  public boolean wasKept() {
    return decided && !rewritten && !isOver && response.getStatus() == SC_OK;
  }

  /** Turns rewriting off: from now on all output is passed unchanged, even after a reset. */
  public void off() throws IOException {
    BodyRewriter active = rewriter;
    if (active != null) {
      StringBuilder out = new StringBuilder();
      active.giveUp(out);
      send(out);
      rewriter = null;
    }
    isOver = true;
    if (!decided) {
      decided = true;
      declare();
    }
  }

  /** Returns whether the body is rewritten; decides it if that is still open. */
  boolean isRewritten(@Nullable Boolean characters) {
    decide(characters);
    return rewriter != null;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    if (units != null) {
      write(units.of(bytes, offset, length));
    }
  }

  void write(CharSequence part) throws IOException {
    if (rewriter != null) {
      StringBuilder out = new StringBuilder(part.length() + 256);
      rewriter.rewrite(part, out);
      send(out);
    }
  }

  /** Called when the application has closed its stream or writer. */
  void finish() throws IOException {
    ended = true;
    BodyRewriter active = rewriter;
    if (active != null) {
      rewriter = null;
      StringBuilder out = new StringBuilder();
      active.end(out);
      send(out);
    }
  }

  private void send(CharSequence out) throws IOException {
    CodeUnits known = units;
    if (writer != null && writer.isUsed()) {
      writer.pass(out);
    } else if (stream != null && known != null) {
      stream.pass(known.toBytes(out));
      stream.pass(rewriter == null ? known.takeHalf() : new byte[0]);
    }
  }

  private void decide(@Nullable Boolean characters) {
    if (decided) {
      return;
    }
    decided = true;
    if (characters == null) {
      // There is no body yet: a later one must not exceed the length that was sent to the client.
      decided = false;
      if (!wouldBeRewritten()) {
        declare();
      }
      decided = response.isCommitted() || ended;
      return;
    }
    units =
        characters
            ? CodeUnits.ofWriter(Charset.forName(response.getCharacterEncoding()))
            : CodeUnits.ofStream(CodeUnits.said(response));
    rewriter = units == null ? null : choice.of(response, units);
    rewritten |= rewriter != null;
    if (rewriter == null) {
      declare();
    }
  }

  /** Passes on validators and length, because the body is not rewritten. */
  private void declare() {
    sendValidators();
    if (declared >= 0 && isDeclaredAsInt) {
      super.setContentLength((int) declared);
    } else if (declared >= 0) {
      super.setContentLengthLong(declared);
    }
  }

  @Override
  protected void beginForward() {
    forget();
    super.beginForward();
  }

  private void forget() {
    // Output after the end of the application's page does not belong to it, even after a reset.
    decided = isOver;
    rewriter = null;
    rewritten = false;
    units = null;
    ended = false;
    if (stream != null) {
      stream.clear();
    }
    if (writer != null) {
      writer.clear();
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    // One for all calls, whatever the wrapped response returns: see BufferedOutputs.
    if (stream == null) {
      stream = new RewritingStream(this, response);
    }
    stream.open();
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      writer = new RewritingWriter(this, response);
    }
    // A PrintWriter that has failed once remains failed.
    if (writer.open() || printWriter == null) {
      printWriter = new LocalizedWriter(writer, writer.locale());
    }
    return printWriter;
  }

  /**
   * Sets the length by the same method as the application: an earlier filter may override only one.
   */
  @Override
  public void setContentLength(int length) {
    if (decided && rewriter == null) {
      super.setContentLength(length);
    } else {
      declared = length;
      isDeclaredAsInt = true;
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (decided && rewriter == null) {
      super.setContentLengthLong(length);
    } else {
      declared = length;
      isDeclaredAsInt = false;
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!takesLength(name, value)) {
      super.setHeader(name, value);
    }
  }

  @Override
  protected boolean holdsValidators() {
    return (!decided || rewritten) && !isOver;
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (!takesLength(name, value)) {
      super.addHeader(name, value);
    }
  }

  /**
   * Returns whether the header is a valid length; an invalid one is left to the container to
   * reject.
   */
  private boolean takesLength(String name, @Nullable String value) {
    if (value == null || !name.equalsIgnoreCase("Content-Length")) {
      return false;
    }
    try {
      setContentLengthLong(Long.parseLong(value.trim()));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    if (!ended) {
      decide(null);
    }
    super.flushBuffer();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    forget();
  }

  @Override
  public void reset() {
    super.reset();
    forget();
    forgetValidators();
    declared = -1;
  }

  @Override
  public void sendError(int status) throws IOException {
    rewriter = null;
    sendValidators();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    rewriter = null;
    sendValidators();
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    rewriter = null;
    sendValidators();
    super.sendRedirect(location);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    if (clearBuffer) {
      rewriter = null;
    } else {
      finish();
    }
    super.sendRedirect(location, status, clearBuffer);
  }
}
