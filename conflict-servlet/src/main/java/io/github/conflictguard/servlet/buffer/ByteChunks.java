package io.github.conflictguard.servlet.buffer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of bytes in chunks: growth copies nothing, and the memory does not depend on a
 * declared length. While the bytes equal the expected ones, nothing is copied at all.
 */
public final class ByteChunks {

  static final int CHUNK = ChunkPool.SIZE;

  // Few responses have more than two.
  private final Deque<byte[]> chunks = new ArrayDeque<>(2);
  private final ChunkPool source;
  private int usedOfLast;

  /** The bytes that may follow; null if unknown, or if other bytes were written. */
  private byte @Nullable [] expected;

  /** The number of expected bytes that were written. */
  private int matched;

  public ByteChunks(ChunkPool source, byte @Nullable [] expected) {
    this.source = source;
    this.expected = expected;
  }

  /** Appends bytes. */
  public void add(byte[] bytes, int offset, int length) {
    byte[] known = expected;
    if (known == null) {
      append(bytes, offset, length);
    } else if (length <= known.length - matched
        && ByteBuffer.wrap(known, matched, length).equals(ByteBuffer.wrap(bytes, offset, length))) {
      matched += length;
    } else {
      expected = null;
      append(known, 0, matched);
      append(bytes, offset, length);
    }
  }

  /** Returns whether exactly the expected bytes were written. */
  public boolean isAsExpected() {
    return expected != null && matched == expected.length;
  }

  /** Returns whether there are no bytes. */
  public boolean isEmpty() {
    return chunks.isEmpty() && (expected == null || matched == 0);
  }

  private void append(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      byte[] last = chunks.peekLast();
      if (last == null || usedOfLast == last.length) {
        last = source.nextBytes(last == null ? left : ChunkPool.GROWTH * last.length);
        chunks.addLast(last);
        usedOfLast = 0;
      }
      int now = Math.min(left, last.length - usedOfLast);
      System.arraycopy(bytes, from, last, usedOfLast, now);
      usedOfLast += now;
      from += now;
      left -= now;
    }
  }

  /** Adds all bytes to a digest and keeps them. */
  public void digest(MessageDigest digest) {
    if (expected != null) {
      digest.update(expected, 0, matched);
    }
    int left = chunks.size();
    for (byte[] chunk : chunks) {
      digest.update(chunk, 0, --left == 0 ? usedOfLast : chunk.length);
    }
  }

  /** Writes all bytes and keeps them. */
  public void copyTo(ByteArrayOutputStream out) {
    if (expected != null) {
      out.write(expected, 0, matched);
    }
    int left = chunks.size();
    for (byte[] chunk : chunks) {
      out.write(chunk, 0, --left == 0 ? usedOfLast : chunk.length);
    }
  }

  /** Writes all bytes and discards them. */
  public void moveTo(OutputStream out) throws IOException {
    byte[] known = expected;
    expected = null;
    if (known != null && matched > 0) {
      out.write(known, 0, matched);
    }
    while (!chunks.isEmpty()) {
      byte[] chunk = chunks.removeFirst();
      out.write(chunk, 0, chunks.isEmpty() ? usedOfLast : chunk.length);
      source.give(chunk);
    }
  }

  /** Returns the number of bytes that are reserved. */
  int capacity() {
    return chunks.stream().mapToInt(chunk -> chunk.length).sum();
  }

  /** Discards all bytes. */
  public void clear() {
    chunks.forEach(source::give);
    chunks.clear();
    matched = 0;
  }
}
