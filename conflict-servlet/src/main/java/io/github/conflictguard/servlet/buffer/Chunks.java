package io.github.conflictguard.servlet.buffer;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of bytes or characters in chunks: growth copies nothing, and the memory does not
 * depend on a declared length. While the content equals the expected one, nothing is copied at all.
 *
 * @param <A> the type of arrays
 */
abstract class Chunks<A> {

  // Few responses have more than two.
  private final Deque<A> chunks = new ArrayDeque<>(2);

  /** The last chunk; null when there is none. */
  private @Nullable A last;

  private int sizeOfLast;
  private int usedOfLast;

  /** The content that may follow; null if unknown, or if other content was written. */
  private @Nullable A expected;

  private final int lengthExpected;

  /** The length of the expected content that was written. */
  private int matched;

  Chunks(@Nullable A expected) {
    this.expected = expected;
    this.lengthExpected = expected == null ? 0 : lengthOf(expected);
  }

  /** Returns a chunk from the pool, which may contain earlier content. */
  abstract A take(int wanted);

  /** Returns a chunk to the pool. */
  abstract void give(A chunk);

  abstract int lengthOf(A array);

  abstract void copy(A from, int offset, A to, int position, int length);

  abstract boolean isSame(A known, int position, A more, int offset, int length);

  /** Appends content. */
  public final void add(A more, int offset, int length) {
    A known = expected;
    if (known == null) {
      append(more, offset, length);
    } else if (length <= lengthExpected - matched && isSame(known, matched, more, offset, length)) {
      matched += length;
    } else {
      expected = null;
      append(known, 0, matched);
      append(more, offset, length);
    }
  }

  private void append(A more, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      A chunk = last;
      if (chunk == null || usedOfLast == sizeOfLast) {
        chunk = addChunk(chunk == null ? left : ChunkPool.GROWTH * sizeOfLast);
      }
      int now = Math.min(left, sizeOfLast - usedOfLast);
      copy(more, from, chunk, usedOfLast, now);
      usedOfLast += now;
      from += now;
      left -= now;
    }
  }

  private A addChunk(int wanted) {
    A chunk = take(wanted);
    chunks.addLast(chunk);
    last = chunk;
    sizeOfLast = lengthOf(chunk);
    usedOfLast = 0;
    return chunk;
  }

  /** Returns whether exactly the expected content was written. */
  public final boolean isAsExpected() {
    return expected != null && matched == lengthExpected;
  }

  /** Returns whether there is no content. */
  public final boolean isEmpty() {
    return chunks.isEmpty() && (expected == null || matched == 0);
  }

  /** Passes all parts to a sink and keeps them. */
  final <E extends Exception> void copyTo(Sink<A, E> sink) throws E {
    A known = expected;
    if (known != null && matched > 0) {
      sink.write(known, matched);
    }
    int left = chunks.size();
    for (A chunk : chunks) {
      sink.write(chunk, --left == 0 ? usedOfLast : lengthOf(chunk));
    }
  }

  /** Passes all parts to a sink and discards them. */
  final <E extends Exception> void moveTo(Sink<A, E> sink) throws E {
    A known = expected;
    expected = null;
    if (known != null && matched > 0) {
      sink.write(known, matched);
    }
    while (!chunks.isEmpty()) {
      A chunk = chunks.removeFirst();
      boolean isLast = chunks.isEmpty();
      if (isLast) {
        last = null;
      }
      sink.write(chunk, isLast ? usedOfLast : lengthOf(chunk));
      give(chunk);
    }
  }

  /** Returns the length of the first part; 0 when there is none. */
  final int lengthOfFirst() {
    A first = chunks.peekFirst();
    return first != null ? lengthOf(first) : expected != null ? matched : 0;
  }

  /** Returns the number of bytes or characters that are reserved. */
  final int capacity() {
    return chunks.stream().mapToInt(this::lengthOf).sum();
  }

  /** Discards the content. */
  public final void clear() {
    chunks.forEach(this::give);
    chunks.clear();
    last = null;
    matched = 0;
  }

  /**
   * Receives the parts of the content in their order.
   *
   * @param <A> the type of arrays
   * @param <E> the type of failures
   */
  @FunctionalInterface
  interface Sink<A, E extends Exception> {

    /** Receives the first elements of an array, which the caller uses again afterwards. */
    void write(A part, int length) throws E;
  }
}
