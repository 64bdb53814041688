package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.container.LocalizedWriter;
import io.github.conflictguard.servlet.container.TomcatResponses;
import io.github.conflictguard.servlet.response.DelegatingResponse;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A response that passes everything to the container at once and unchanged, while an {@link
 * ObservedBody} reads the body. Not thread-safe.
 */
final class ObservedResponse extends DelegatingResponse {

  private static final Logger LOG = Logger.getLogger(ObservedResponse.class.getName());

  private final ObservedBody body;
  private final @Nullable RedirectListener redirects;
  private final HttpServletResponse forApplication;
  private boolean errorSent;
  private @Nullable ObservedStream stream;
  private @Nullable ObservedWriter writer;
  private @Nullable PrintWriter printWriter;

  /**
   * Creates a response.
   *
   * @param body reads the output
   * @param redirects called before a redirect is sent, because some containers end the response
   *     with it; null if not required
   */
  public ObservedResponse(
      HttpServletResponse response, ObservedBody body, @Nullable RedirectListener redirects) {
    super(response);
    this.redirects = redirects;
    this.body = body;
    this.forApplication =
        TomcatResponses.leadsToOne(response) ? this : new UnwrappableResponse(this, response);
  }

  /** Returns the response to use in place of the container's response. */
  public HttpServletResponse forApplication() {
    return forApplication;
  }

  /** Returns whether output to a response passes one that is observed for the same body. */
  public static boolean isBelow(ServletResponse given, ObservedBody body) {
    ServletResponse response = given;
    while (response != null) {
      Object inner =
          response instanceof UnwrappableResponse
              ? ((UnwrappableResponse) response).inner()
              : response;
      if (inner instanceof ObservedResponse && ((ObservedResponse) inner).body == body) {
        return true;
      }
      response =
          response instanceof ServletResponseWrapper
              ? ((ServletResponseWrapper) response).getResponse()
              : null;
    }
    return false;
  }

  void passed(byte[] bytes, int offset, int length) {
    body.passed(response, bytes, offset, length);
  }

  void passed(char[] chars, int offset, int length) {
    body.passed(response, chars, offset, length);
  }

  void passed(String text, int offset, int length) {
    body.passed(response, text, offset, length);
  }

  /** Records that a part was written whose bytes are unknown. */
  void passedUnseen() {
    body.passedUnseen();
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
      // Tomcat closes the writer after a forward; that must not select a writer for its error page.
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
    body.forget();
  }

  @Override
  public void reset() {
    super.reset();
    errorSent = false;
    body.forget();
  }

  @Override
  public void sendError(int status) throws IOException {
    body.leavePage();
    errorSent = true;
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    body.leavePage();
    errorSent = true;
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    body.leavePage();
    beforeRedirect(SC_FOUND, location);
    super.sendRedirect(location);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    body.leavePage();
    beforeRedirect(status, location);
    super.sendRedirect(location, status, clearBuffer);
  }

  private void beforeRedirect(int status, @Nullable String location) {
    if (redirects != null && location != null && !isCommitted()) {
      try {
        redirects.redirects(status, location);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A redirect cannot be observed", e);
      }
    }
  }

  /** A listener for redirects. */
  @FunctionalInterface
  public interface RedirectListener {

    /** Called before the redirect is sent. */
    void redirects(int status, String location);
  }
}
