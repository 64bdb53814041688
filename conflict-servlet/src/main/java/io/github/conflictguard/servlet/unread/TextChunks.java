package io.github.conflictguard.servlet.unread;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the texts of pages are kept in. A chunk of a page that was dropped is used for
 * the next page, so that memory is neither allocated nor moved by the garbage collector for each
 * page. The number of unused chunks is limited, and so is the memory of long pages that are being
 * written. Thread-safe.
 */
final class TextChunks {

  /** The length of each chunk in bytes. */
  static final int SIZE = 16 * 1024;

  private final AtomicLong reserved = new AtomicLong();
  private final Deque<byte[]> unused = new ArrayDeque<>();
  private final int mostUnused;
  private final long mostReserved;

  /**
   * Creates a memory without chunks.
   *
   * @param mostUnused the maximum number of bytes in chunks that no page uses
   * @param mostReserved the maximum number of bytes that may be reserved at one time
   */
  TextChunks(int mostUnused, long mostReserved) {
    this.mostUnused = mostUnused / SIZE;
    this.mostReserved = mostReserved;
  }

  /** Returns a chunk, which may contain earlier content: the one that was used last. */
  byte[] take() {
    byte[] chunk;
    synchronized (unused) {
      chunk = unused.pollFirst();
    }
    return chunk == null ? new byte[SIZE] : chunk;
  }

  /** Returns a chunk to the memory, or drops it; the caller must not use it again. */
  void give(byte[] chunk) {
    synchronized (unused) {
      if (chunk.length == SIZE && unused.size() < mostUnused) {
        unused.addFirst(chunk);
      }
    }
  }

  /** Reserves memory for the rest of a long page. Returns whether there was enough. */
  boolean reserve(long bytes) {
    if (reserved.addAndGet(bytes) <= mostReserved) {
      return true;
    }
    reserved.addAndGet(-bytes);
    return false;
  }

  /** Ends a reservation. */
  void endReservation(long bytes) {
    reserved.addAndGet(-bytes);
  }

  /** Returns the number of bytes that are reserved now. */
  long reserved() {
    return reserved.get();
  }
}
