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
 * A response whose body goes through a {@link BodyRewriter} on its way to the container, as it is
 * written. Whether it does is decided at its first part, or when the application flushes; a body
 * that stays as it is passes byte for byte.
 *
 * <p>A {@code Content-Length} waits until then, and is dropped when the body may become longer. One
 * thread at a time, as for every response.
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

  /** Begins to watch a response of the container. */
  public RewritingResponse(HttpServletResponse response, BodyRewriter.Choice choice) {
    super(response);
    this.choice = choice;
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? this : new UnwrappableResponse(this, response);
  }

  /** What has to take the place of the container's response. */
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

  /** Whether a body would go through the rewriter, as far as status and headers tell so far. */
  public boolean wouldBeRewritten() {
    CodeUnits none = CodeUnits.ofStream(null);
    return rewriter != null || (!decided && none != null && choice.of(response, none) != null);
  }

  /** Whether the application has answered with a body, and that was passed as it is. */
  public boolean wasKept() {
    return decided && !rewritten && !isOver && response.getStatus() == SC_OK;
  }

  /** From now on everything passes as it is, after a reset as well. */
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

  /** Whether the body goes through the rewriter; decided now if it was not yet. */
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

  /** The application has closed its stream or writer. */
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
      // No body, or none yet: it must not get longer than was said to the client.
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

  /** The body stays as it is, and so does what the application has told of it. */
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
    // What comes after the end of the application's page is none of it, whatever is dropped.
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
    // One for all calls, whatever the response behind returns: see HeldOutputs.
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
    // A PrintWriter that has failed once stays so.
    if (writer.open() || printWriter == null) {
      printWriter = new LocalizedWriter(writer, writer.locale());
    }
    return printWriter;
  }

  /** As the application says it: what decorates pages in front may expect one of the two. */
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

  /** A length that is none is the container's to refuse. */
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
