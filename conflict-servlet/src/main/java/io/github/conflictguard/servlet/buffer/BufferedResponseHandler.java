package io.github.conflictguard.servlet.buffer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is done with an answer that is held completely. */
@FunctionalInterface
public interface BufferedResponseHandler {

  /** Releases the answer, or discards it and gives another one. */
  void finish(BufferedResponse answer) throws IOException;

  /**
   * Called at most once, in place of {@link #finish}, when the body is let go before its end, with
   * its status and headers in place and nothing sent. Another answer may still take its place, see
   * {@link BufferedResponse#replace()}.
   */
  default void beforeEarlyRelease(BufferedResponse answer) throws IOException {}

  /**
   * Called when the application writes on after {@link #finish}, because it closed its output and
   * the response behind goes on all the same. Nothing has been sent.
   */
  default void goesOn(BufferedResponse answer) {}

  /**
   * Asked when the application answers by {@code sendError} or {@code sendRedirect}, before the
   * container hears of it: some cannot take that back.
   *
   * @param location where a redirect leads, as the application says it; null for an error
   * @return whether this is not to be the answer; then somebody else gives one, see {@link
   *     BufferedResponse#replace()}
   */
  default boolean replaces(int status, @Nullable String location) {
    return false;
  }

  /**
   * Asked right after {@link #replaces} said no: whether to ask it again at the end of the request,
   * when more is known, and not to tell the container before. Until then the application sees a
   * response that it has answered.
   */
  default boolean postpones(int status, @Nullable String location) {
    return false;
  }

  /**
   * Whether nothing of the body will be sent, whatever follows: then a pause of the application
   * delays nothing that its client waits for, and another thread need not answer.
   */
  default boolean isRefusedByHead() {
    return false;
  }

  /**
   * Returns whether more may become known of this answer between a flush or close by the
   * application and its return, so that these are put off until then, for a limited time.
   */
  default boolean holdsOverFlush(BufferedResponse answer) {
    return false;
  }

  /** Whether it answers HEAD, where some containers flush when the body that they drop is long. */
  default boolean isOfHead() {
    return false;
  }
}
