package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponseHandler;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response to a form. A success or a redirect is buffered until the write is recorded, so that
 * the page to which it leads is newer than the write, and copied. Not thread-safe.
 */
public final class RecordedSubmit implements BufferedResponseHandler {

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final BufferedResponse held;
  private @Nullable RecordedAnswer copy;

  /**
   * Creates a recorder.
   *
   * @param timer releases the buffered response in time
   */
  public RecordedSubmit(
      HttpServletRequest request, HttpServletResponse response, BufferTimer timer) {
    this.request = request;
    this.response = response;
    this.held =
        BufferedResponses.of(
            response, answer -> answer.getStatus() / 100 == 2, AppliedWrites.LARGEST, this, timer);
  }

  /** Returns the response to pass to the application. */
  public BufferedResponse response() {
    return held;
  }

  /**
   * Returns whether the form had an effect that must not be repeated. A file download leaves the
   * page in place, and may be requested again.
   */
  public boolean isSuccess() {
    int status = held.statusSaid();
    String disposition = response.getHeader("Content-Disposition");
    return (status / 100 == 2 || status / 100 == 3)
        && (disposition == null
            || !disposition.trim().toLowerCase(Locale.ROOT).startsWith("attachment"));
  }

  /** Returns the response for repetition; null when it was too long. */
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

  /**
   * Postpones a redirect as the detection of conflicts does: not where it would be resolved against
   * another address.
   */
  @Override
  public boolean postpones(int status, @Nullable String location) {
    return location != null
        && request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) == null
        && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null;
  }
}
