package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponseHandler;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a form. A success or a redirect is held back until the write is noted, so that the
 * page to which it leads is newer than the write, and copied. One thread at a time.
 */
public final class RecordedSubmit implements BufferedResponseHandler {

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final BufferedResponse held;
  private @Nullable RecordedAnswer copy;

  /**
   * Begins.
   *
   * @param timer what ends the holding of the response in time
   */
  public RecordedSubmit(
      HttpServletRequest request, HttpServletResponse response, BufferTimer timer) {
    this.request = request;
    this.response = response;
    this.held =
        new BufferedResponse(
            response, answer -> answer.getStatus() / 100 == 2, AppliedWrites.LARGEST, this, timer);
  }

  /** The response that the application has to be given. */
  public BufferedResponse response() {
    return held;
  }

  /**
   * Whether something has come of it that is not to happen twice. A file that is handed out leaves
   * the page where it is, and may be asked for again.
   */
  public boolean isSuccess() {
    int status = held.statusSaid();
    String disposition = response.getHeader("Content-Disposition");
    return (status / 100 == 2 || status / 100 == 3)
        && (disposition == null
            || !disposition.trim().toLowerCase(Locale.ROOT).startsWith("attachment"));
  }

  /** What can be answered again; null when it was too long. */
  @Nullable RecordedAnswer recorded() {
    String location = held.locationSaid();
    return location != null && held.statusSaid() / 100 == 3
        ? RecordedAnswer.redirect(held.statusSaid(), location)
        : copy;
  }

  @Override
  public void finish(BufferedResponse answer) throws IOException {
    if (response.getStatus() / 100 == 2 && answer.isComplete()) {
      copy = new RecordedAnswer(response, answer);
    }
    answer.release();
  }

  /** As for a conflict that is looked for: not where another address would resolve it. */
  @Override
  public boolean postpones(int status, @Nullable String location) {
    return location != null
        && request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) == null
        && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null;
  }
}
