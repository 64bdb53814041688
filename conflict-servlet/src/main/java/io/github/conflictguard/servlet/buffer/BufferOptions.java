package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.response.KnownBody;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the body of one response is buffered. */
final class BufferOptions {

  final Predicate<HttpServletResponse> worthHolding;
  final int limit;
  final BufferedResponseHandler whole;
  final BufferTime time;

  /** Ends the buffering also while the application pauses; null if it must not. */
  final @Nullable BufferTimer inPauses;

  final ChunkPool chunks;

  /** The body that is likely to follow; null if unknown. */
  final @Nullable KnownBody expected;

  /**
   * Creates options for a response of unknown content.
   *
   * @param worthHolding called once, at the first byte, with the application's status and headers
   *     in place
   * @param limit the maximum number of buffered bytes; characters count with their length in UTF-8
   * @param whole called at most once, when the complete body is buffered and no output can follow
   * @param time ends the buffering in time, while the application continues to write
   */
  BufferOptions(
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      BufferTime time,
      @Nullable BufferTimer inPauses) {
    this(worthHolding, limit, whole, time, inPauses, ChunkPool.unshared(), null);
  }

  /**
   * Creates options.
   *
   * @param chunks provides the memory of the buffer
   */
  BufferOptions(
      Predicate<HttpServletResponse> worthHolding,
      int limit,
      BufferedResponseHandler whole,
      BufferTime time,
      @Nullable BufferTimer inPauses,
      ChunkPool chunks,
      @Nullable KnownBody expected) {
    this.worthHolding = worthHolding;
    this.limit = limit;
    this.whole = whole;
    this.time = time;
    this.inPauses = inPauses;
    this.chunks = chunks;
    this.expected = expected;
  }
}
