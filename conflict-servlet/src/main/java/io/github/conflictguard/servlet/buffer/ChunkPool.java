package io.github.conflictguard.servlet.buffer;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The memory that bodies are held in. What one answer has given back the next one takes, the newest
 * first, so that no answer has to clear memory and the garbage collector has nothing to do with
 * them. Not more than a certain number of chunks is kept. Safe for use by several threads, without
 * locks.
 */
public final class ChunkPool {

  /**
   * Of those that are shared, in bytes and in characters: more than containers collect before they
   * send, so that they send it as it is.
   */
  static final int SIZE = 32 * 1024;

  /** How much longer than the one before a chunk should be. */
  static final int GROWTH = 4;

  private static final int SMALLEST = 512;

  private static final ChunkPool UNSHARED = new ChunkPool(0);

  private final Kept<byte[]> bytes;
  private final Kept<char[]> chars;

  /**
   * Begins with none.
   *
   * @param most how many bytes are kept at most for answers to come, and as many characters
   */
  public ChunkPool(int most) {
    this.bytes = new Kept<>(most / SIZE);
    this.chars = new Kept<>(most / SIZE);
  }

  /** Chunks that are made anew each time. */
  public static ChunkPool unshared() {
    return UNSHARED;
  }

  /**
   * A chunk, which may hold what was in it before.
   *
   * @param wanted how much room would be good; a short answer is not worth the way to what is
   *     shared
   */
  byte[] nextBytes(int wanted) {
    if (isSmall(wanted)) {
      return new byte[Math.max(wanted, SMALLEST)];
    }
    byte[] chunk = bytes.take();
    return chunk == null ? new byte[SIZE] : chunk;
  }

  /** The same for characters. */
  char[] nextChars(int wanted) {
    if (isSmall(wanted)) {
      return new char[Math.max(wanted, SMALLEST)];
    }
    char[] chunk = chars.take();
    return chunk == null ? new char[SIZE] : chunk;
  }

  /** Takes a chunk back that its holder will not touch again. */
  void give(byte[] chunk) {
    if (chunk.length == SIZE) {
      bytes.give(chunk);
    }
  }

  /** Takes a chunk back that its holder will not touch again. */
  void give(char[] chunk) {
    if (chunk.length == SIZE) {
      chars.give(chunk);
    }
  }

  private static boolean isSmall(int wanted) {
    return wanted <= SIZE / 2;
  }

  /** Chunks of one sort. */
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
