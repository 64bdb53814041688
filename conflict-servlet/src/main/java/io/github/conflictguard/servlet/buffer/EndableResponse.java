package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
import io.github.conflictguard.servlet.response.RevocableResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A response that the application may end by an error or a redirect, which the handler may replace
 * or defer.
 */
abstract class EndableResponse extends RevocableResponse {

  private final BufferedResponseHandler whole;
  private @Nullable DeferredSend said;
  private boolean postponed;
  private boolean handedOver;

  EndableResponse(
      HttpServletResponse response,
      @Nullable ResponseHeaderTracker before,
      BufferedResponseHandler whole) {
    super(response, before);
    this.whole = whole;
  }

  abstract ResponseBuffer body();

  /**
   * Called at the end of the request. A response without a body counts as buffered if it is worth
   * buffering.
   */
  public final void end() throws IOException {
    if (!postponed || said == null) {
      body().finish();
      return;
    }
    whole.ending(said.status, said.location);
    if (whole.replacesEnding()) {
      postponed = false;
    }
    whole.sendEnding(this::sendPostponed);
  }

  /** Sends a deferred error or redirect to the container, if there is one. */
  public final void sendPostponed() throws IOException {
    if (postponed && said != null) {
      postponed = false;
      body().pass();
      send(said);
      body().content().settleCharset();
    }
  }

  /** Ends the handler's influence on errors and redirects: another thread continues. */
  final void endDeferring() throws IOException {
    handedOver = true;
    sendPostponed();
  }

  /** Returns the application's status, even if the container has sent and recycled the response. */
  public final int statusSaid() {
    return said == null ? super.getStatus() : said.status;
  }

  /** Returns the location of the application's redirect, as passed by it, or null if none. */
  public final @Nullable String locationSaid() {
    return said == null ? super.getHeader("Location") : said.location;
  }

  /** Returns the message of the application's error; null if there is none. */
  public final @Nullable String messageSaid() {
    return said == null ? null : said.message;
  }

  /**
   * Checks whether a reset is allowed. After an error, Tomcat rejects it, and Jetty revokes the
   * error.
   */
  final void checkMayBeReset() {
    try {
      sendPostponed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkNotReplaced();
  }

  /** Called when the application resets the response. */
  final void forgetEnding() {
    said = null;
  }

  @Override
  public final int getStatus() {
    return isReplaced() ? statusSaid() : super.getStatus();
  }

  @Override
  public final void sendError(int status) throws IOException {
    end(DeferredSend.error(status, null, () -> super.sendError(status)));
  }

  @Override
  public final void sendError(int status, String message) throws IOException {
    end(DeferredSend.error(status, message, () -> super.sendError(status, message)));
  }

  @Override
  public final void sendRedirect(String location) throws IOException {
    end(DeferredSend.redirect(SC_FOUND, location, true, () -> super.sendRedirect(location)));
  }

  @Override
  public final void sendRedirect(String location, int status, boolean clearBuffer)
      throws IOException {
    end(
        DeferredSend.redirect(
            status,
            location,
            clearBuffer,
            () -> {
              if (!clearBuffer) {
                body().release();
              }
              super.sendRedirect(location, status, clearBuffer);
            }));
  }

  private void end(DeferredSend ending) throws IOException {
    sendPostponed();
    checkNotReplaced();
    if (!handedOver && !response.isCommitted()) {
      whole.ending(ending.status, ending.location);
      boolean replaced = whole.replacesEnding();
      if (replaced || (ending.clearsBody && whole.postpones(ending.status, ending.location))) {
        body().replace();
        said = ending;
        postponed = !replaced;
        return;
      }
    }
    send(ending);
  }

  private void send(DeferredSend ending) throws IOException {
    changeAll();
    ending.send();
    // An included servlet may set it as well, and containers ignore that.
    if (response.getStatus() == ending.status) {
      said = ending;
      body().abandon();
    }
  }
}
