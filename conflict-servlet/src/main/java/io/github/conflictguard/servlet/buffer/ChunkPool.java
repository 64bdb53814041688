package io.github.conflictguard.servlet.buffer;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool of the memory that bodies are buffered in. A chunk released by one response is used by the
 * next one, the most recent first, so that memory is neither cleared nor garbage collected for each
 * response. The number of chunks is limited. Thread-safe, without locks.
 */
public final class ChunkPool {

  /**
   * The size of shared chunks, in bytes and in characters: more than containers buffer before they
   * send, so that they send a chunk without copying it.
   */
  static final int SIZE = 32 * 1024;

  /** The factor by which a chunk should be longer than the one before. */
  static final int GROWTH = 4;

  private static final int SMALLEST = 512;

  private static final ChunkPool UNSHARED = new ChunkPool(0);

  private final Kept<byte[]> bytes;
  private final Kept<char[]> chars;

  /**
   * Creates an empty pool.
   *
   * @param most the maximum number of bytes to keep for later responses, and of characters
   */
  public ChunkPool(int most) {
    this.bytes = new Kept<>(most / SIZE);
    this.chars = new Kept<>(most / SIZE);
  }

  /** Returns a pool that creates a new chunk each time. */
  public static ChunkPool unshared() {
    return UNSHARED;
  }

  /**
   * Returns a chunk, which may contain earlier content.
   *
   * @param wanted the preferred length; for a short response the shared chunks are not used
   */
  byte[] nextBytes(int wanted) {
    if (isSmall(wanted)) {
      return new byte[Math.max(wanted, SMALLEST)];
    }
    byte[] chunk = bytes.take();
    return chunk == null ? new byte[SIZE] : chunk;
  }

  /** Returns a chunk of characters, as {@link #nextBytes} does. */
  char[] nextChars(int wanted) {
    if (isSmall(wanted)) {
      return new char[Math.max(wanted, SMALLEST)];
    }
    char[] chunk = chars.take();
    return chunk == null ? new char[SIZE] : chunk;
  }

  /** Returns a chunk to the pool; the caller must not use it again. */
  void give(byte[] chunk) {
    if (chunk.length == SIZE) {
      bytes.give(chunk);
    }
  }

  /** Returns a chunk to the pool; the caller must not use it again. */
  void give(char[] chunk) {
    if (chunk.length == SIZE) {
      chars.give(chunk);
    }
  }

  private static boolean isSmall(int wanted) {
    return wanted <= SIZE / 2;
  }

  /** The available chunks of one type. */
  private static final class Kept<T> {

    private final Deque<T> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int most;

    Kept(int most) {
      this.most = most;
    }

    @Nullable T take() {
      T chunk = free.pollFirst();
      if (chunk != null) {
        count.decrementAndGet();
      }
      return chunk;
    }

    void give(T chunk) {
      if (count.incrementAndGet() <= most) {
        free.addFirst(chunk);
      } else {
        count.decrementAndGet();
      }
    }
  }
}
