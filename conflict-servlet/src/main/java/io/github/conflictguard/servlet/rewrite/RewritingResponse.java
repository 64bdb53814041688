package io.github.conflictguard.servlet.rewrite;

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
  private final RewritingOutputs outputs;
  private final HeldLength declared = new HeldLength();
  private boolean decided;
  private boolean ended;
  private boolean isOver;
  private boolean rewritten;
  private @Nullable BodyRewriter rewriter;
  private @Nullable CodeUnits units;

  /** Creates a rewriting wrapper of a response of the container. */
  public RewritingResponse(HttpServletResponse response, BodyRewriter.Choice choice) {
    super(response);
    this.choice = choice;
    this.outputs = new RewritingOutputs(this, response);
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
      settleHead();
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

  /**
   * Called before each part of the body; the first one decides whether it is rewritten.
   *
   * @param characters whether the application writes characters
   * @return whether the part is to be rewritten
   */
  boolean begin(boolean characters) {
    if (!decided) {
      decided = true;
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
    outputs.pass(out, units, rewriter == null);
  }

  /**
   * Called when the head may be sent before any part of the body. A later body must not exceed the
   * length that was sent to the client.
   */
  private void settleHead() {
    if (!decided) {
      if (!wouldBeRewritten()) {
        declare();
      }
      decided = response.isCommitted() || ended;
    }
  }

  /** Passes on validators and length, because the body is not rewritten. */
  private void declare() {
    sendValidators();
    declared.sendTo(response);
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
    outputs.clear();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return outputs.stream();
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    return outputs.writer();
  }

  @Override
  public void setContentLength(int length) {
    if (decided && rewriter == null) {
      super.setContentLength(length);
    } else {
      declared.set(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (decided && rewriter == null) {
      super.setContentLengthLong(length);
    } else {
      declared.setLong(length);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    Long length = HeldLength.in(name, value);
    if (length == null) {
      super.setHeader(name, value);
    } else {
      setContentLengthLong(length);
    }
  }

  @Override
  protected boolean holdsValidators() {
    return (!decided || rewritten) && !isOver;
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    Long length = HeldLength.in(name, value);
    if (length == null) {
      super.addHeader(name, value);
    } else {
      setContentLengthLong(length);
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    if (!ended) {
      settleHead();
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
    declared.forget();
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
