package io.github.conflictguard.servlet.exchange;

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
public final class Chunks {

  /** In bytes, and in characters. */
  static final int SIZE = 8 * 1024;

  private static final Chunks UNSHARED = new Chunks(0);

  private final Kept<byte[]> bytes;
  private final Kept<char[]> chars;

  /**
   * Begins with none.
   *
   * @param most how many bytes are kept at most for answers to come, and as many characters
   */
  public Chunks(int most) {
    this.bytes = new Kept<>(most / SIZE);
    this.chars = new Kept<>(most / SIZE);
  }

  /** Chunks that are made anew each time. */
  static Chunks unshared() {
    return UNSHARED;
  }

  /** A chunk, which may hold what was in it before. */
  byte[] takeBytes() {
    byte[] chunk = bytes.take();
    return chunk == null ? new byte[SIZE] : chunk;
  }

  /** A chunk, which may hold what was in it before. */
  char[] takeChars() {
    char[] chunk = chars.take();
    return chunk == null ? new char[SIZE] : chunk;
  }

  /** Takes a chunk back that its holder will not touch again. */
  void give(byte[] chunk) {
    bytes.give(chunk);
  }

  /** Takes a chunk back that its holder will not touch again. */
  void give(char[] chunk) {
    chars.give(chunk);
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
