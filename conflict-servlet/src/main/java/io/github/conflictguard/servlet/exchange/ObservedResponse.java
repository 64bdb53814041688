package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A response that passes everything to the container at once and unchanged, and has the body read
 * on the way: its forms by a {@link BodyRewriter} whose output is dropped, its content by a
 * checksum. A failure of either ends the reading and nothing else. One thread at a time.
 */
public final class ObservedResponse extends DelegatingResponse {

  private static final Logger LOG = Logger.getLogger(ObservedResponse.class.getName());

  private final BodyRewriter.@Nullable Choice pages;
  private final @Nullable ContentChecksum checksum;
  private final @Nullable RedirectListener redirects;
  private final HttpServletResponse forApplication;
  private final StringBuilder dropped = new StringBuilder();
  private boolean begun;
  private boolean errorSent;
  private boolean whole = true;
  private boolean isCompared;
  private @Nullable PageUnits units;
  private @Nullable BodyRewriter page;
  private @Nullable ObservedStream stream;
  private @Nullable ObservedWriter writer;
  private @Nullable PrintWriter printWriter;

  /**
   * Begins to observe a response.
   *
   * @param pages chooses what reads the forms of the body; null when no forms are read
   * @param checksum of the body; null when its content does not matter
   * @param redirects is called before a redirect is sent, because some containers end the response
   *     with it; null where that does not matter
   */
  public ObservedResponse(
      HttpServletResponse response,
      BodyRewriter.@Nullable Choice pages,
      @Nullable ContentChecksum checksum,
      @Nullable RedirectListener redirects) {
    super(response);
    this.redirects = redirects;
    this.pages = pages;
    this.checksum = checksum;
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? this : new UnwrappableResponse(this, response);
  }

  /** What has to take the place of the container's response. */
  public HttpServletResponse forApplication() {
    return forApplication;
  }

  /** Ends the reading. Called when the application has written everything. */
  public void end() {
    BodyRewriter active = page;
    page = null;
    if (active != null) {
      safely(() -> active.end(dropped));
    }
  }

  /** Returns whether the checksum is that of the whole body. */
  public boolean isWhole() {
    return whole && begun;
  }

  void passed(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    begin(false);
    if (isCompared && checksum != null) {
      checksum.update(bytes, offset, length);
    }
    PageUnits known = units;
    if (page != null && known != null) {
      read(known.of(bytes, offset, length));
    }
  }

  void passed(char[] chars, int offset, int length) {
    if (length == 0) {
      return;
    }
    begin(true);
    if (isCompared && checksum != null) {
      checksum.update(chars, offset, length);
    }
    if (page != null) {
      read(CharBuffer.wrap(chars, offset, length));
    }
  }

  /** Notes that a part has passed of which the bytes are not known. */
  void passedUnseen() {
    whole = false;
    page = null;
  }

  private void begin(boolean characters) {
    if (begun) {
      return;
    }
    begun = true;
    isCompared = checksum != null && checksum.isOf(response);
    whole &= isCompared;
    if (pages != null) {
      safely(
          () -> {
            units =
                characters
                    ? PageUnits.ofWriter(Charset.forName(response.getCharacterEncoding()))
                    : PageUnits.ofStream(PageUnits.said(response));
            page = units == null ? null : pages.of(response, units);
          });
    }
  }

  private void read(CharSequence part) {
    BodyRewriter active = page;
    if (active != null) {
      safely(() -> active.rewrite(part, dropped));
      dropped.setLength(0);
    }
  }

  private void safely(Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException e) {
      page = null;
      LOG.log(Level.WARNING, "An answer cannot be observed", e);
    }
  }

  private void forget() {
    begun = false;
    whole = true;
    page = null;
    if (checksum != null) {
      checksum.reset();
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream below = response.getOutputStream();
    if (stream == null || stream.isNotOf(below)) {
      stream = new ObservedStream(this, below);
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (errorSent && printWriter == null) {
      // Tomcat closes the writer after a forward, and must not choose one for its error page then.
      return new PrintWriter(new LateWriter(response));
    }
    PrintWriter below = response.getWriter();
    if (printWriter == null || writer == null || writer.isNotOf(below)) {
      writer = new ObservedWriter(this, below);
      printWriter = new LocalizedWriter(writer, LocalizedWriter.localeOf(response, below));
    }
    return printWriter;
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    forget();
  }

  @Override
  public void reset() {
    super.reset();
    errorSent = false;
    forget();
  }

  @Override
  public void sendError(int status) throws IOException {
    page = null;
    errorSent = true;
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    page = null;
    errorSent = true;
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    page = null;
    beforeRedirect(SC_FOUND, location);
    super.sendRedirect(location);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    page = null;
    beforeRedirect(status, location);
    super.sendRedirect(location, status, clearBuffer);
  }

  private void beforeRedirect(int status, @Nullable String location) {
    if (redirects != null && location != null && !isCommitted()) {
      safely(() -> redirects.redirects(status, location));
    }
  }

  /** Is told of a redirect. */
  @FunctionalInterface
  public interface RedirectListener {

    /** Called before the redirect is sent. */
    void redirects(int status, String location);
  }
}
