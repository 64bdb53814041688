package io.github.conflictguard.servlet.buffer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A handler of a completely buffered response. */
@FunctionalInterface
public interface BufferedResponseHandler {

  /** Releases the response, or discards it and sends another one. */
  void finish(BufferedResponse answer) throws IOException;

  /**
   * Called at most once, in place of {@link #finish}, when the body is released before its end,
   * with its status and headers in place and before anything is sent. The response may still be
   * replaced, see {@link BufferedResponse#replace()}.
   */
  default void beforeEarlyRelease(BufferedResponse answer) throws IOException {}

  /**
   * Called when the application continues to write after {@link #finish}, because it closed its
   * output and the wrapped response accepts more. Nothing has been sent.
   */
  default void goesOn(BufferedResponse answer) {}

  /**
   * Called with an error or a redirect that the application sends by {@code sendError} or {@code
   * sendRedirect}, before it is passed to the container, because some containers cannot revoke it.
   * {@link #replacesEnding()} is called next.
   *
   * @param location the location of a redirect, as passed by the application; null for an error
   */
  default void ending(int status, @Nullable String location) {}

  /**
   * Returns whether the last {@link #ending} is discarded; then another response is sent, see
   * {@link BufferedResponse#replace()}.
   */
  default boolean replacesEnding() {
    return false;
  }

  /**
   * Returns whether to defer the decision. Called right after {@link #replacesEnding} returned
   * false: if true, {@link #ending} is called again at the end of the request, when more
   * information is available, and the container is not called before. Until then the application
   * sees a committed response.
   */
  default boolean postpones(int status, @Nullable String location) {
    return false;
  }

  /**
   * Sends a deferred error or redirect at the end of the request.
   *
   * @param passing passes it to the container
   */
  default void sendEnding(Sending passing) throws IOException {
    passing.send();
  }

  /**
   * Returns whether the body will certainly not be sent: then a pause of the application does not
   * delay its client, and another thread need not send the response.
   */
  default boolean isRefusedByHead() {
    return false;
  }

  /**
   * Returns whether a flush or close by the application is deferred until it returns, for a limited
   * time, because the decision on this response may depend on later events.
   */
  default boolean holdsOverFlush(BufferedResponse answer) {
    return false;
  }

  /**
   * Returns whether it handles HEAD, for which some containers flush when the dropped body is long.
   */
  default boolean isOfHead() {
    return false;
  }

  /** A call that sends a response. */
  @FunctionalInterface
  interface Sending {

    /** Sends it. */
    void send() throws IOException;
  }
}
