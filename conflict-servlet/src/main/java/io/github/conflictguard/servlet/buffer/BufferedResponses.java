package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.container.ContainerResponses;
import io.github.conflictguard.servlet.request.PassEvents;
import io.github.conflictguard.servlet.response.KnownBody;
import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates the buffers for responses of each kind. */
public final class BufferedResponses {

  private BufferedResponses() {}

  /** Creates a buffer for a response, without a time limit. */
  public static BufferedResponse of(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole) {
    return of(response, worthHolding, limit, whole, BufferTimer.NEVER);
  }

  /**
   * Creates a buffer for a response.
   *
   * @param response the container's response
   * @param worthHolding called once, at the first byte, with the application's status and headers
   *     in place
   * @param limit the maximum number of buffered bytes; characters count with their length in UTF-8
   * @param whole called at most once, when the complete body is buffered and no output can follow
   * @param timer ends the buffering in time, while the application continues to write
   */
  public static BufferedResponse of(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      BufferTimer timer) {
    return new BufferedResponse(
        response,
        null,
        new BufferOptions(
            worthHolding, limit, whole, new BufferTime(timer, response, false), null));
  }

  /**
   * Creates a buffer for the response to a write, without a time limit before a flush.
   *
   * @param before called with the headers that the application changes
   * @param timer ends the buffering in time after a flush that {@link
   *     BufferedResponseHandler#holdsOverFlush} defers
   */
  public static BufferedResponse ofWrite(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      ResponseHeaderTracker before,
      BufferTimer timer) {
    BufferTime time = new BufferTime(timer, response, true);
    return new BufferedResponse(
        response,
        before,
        new BufferOptions(worthHolding, limit, whole, time, inPauses(timer, response)));
  }

  /**
   * Creates a buffer for the response to a read.
   *
   * @param timer ends the buffering in time, also while the application pauses
   * @param chunks provides the memory of the buffer, shared with other responses
   * @param expected the body that is likely to follow, or null if unknown
   */
  public static BufferedResponse ofRead(
      HttpServletResponse response,
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      ResponseHeaderTracker before,
      BufferTimer timer,
      ChunkPool chunks,
      @Nullable KnownBody expected) {
    BufferTime time = new BufferTime(timer, response, false);
    return new BufferedResponse(
        response,
        before,
        new BufferOptions(
            worthHolding, limit, whole, time, inPauses(timer, response), chunks, expected));
  }

  /**
   * Makes a response record the output of the application.
   *
   * @param response the response that was passed to the application
   * @return whether it records the output
   */
  public static boolean follow(@Nullable ServletResponse response, PassEvents events) {
    if (response instanceof BufferedResponse) {
      ((BufferedResponse) response).follow(events);
      return true;
    }
    return response instanceof UnwrappableResponse
        ? follow(((UnwrappableResponse) response).inner(), events)
        : response instanceof LockedResponse
            && follow(((LockedResponse) response).delegate(), events);
  }

  private static @Nullable BufferTimer inPauses(BufferTimer timer, HttpServletResponse response) {
    return ContainerResponses.isOne(response) ? timer : null;
  }
}
