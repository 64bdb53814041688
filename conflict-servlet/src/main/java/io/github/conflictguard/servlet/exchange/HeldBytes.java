package io.github.conflictguard.servlet.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes in chunks: growing copies nothing, and no declared length decides how much is reserved. */
final class HeldBytes {

  static final int CHUNK = Chunks.SIZE;

  // Few answers have more than two.
  private final Deque<byte[]> chunks = new ArrayDeque<>(2);
  private final Chunks source;
  private int usedOfLast;

  HeldBytes() {
    this(Chunks.unshared());
  }

  HeldBytes(Chunks source) {
    this.source = source;
  }

  void add(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      byte[] last = chunks.peekLast();
      if (last == null || usedOfLast == last.length) {
        last = source.nextBytes(last == null ? left : Chunks.GROWTH * last.length);
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

  void digest(MessageDigest digest) {
    int left = chunks.size();
    for (byte[] chunk : chunks) {
      digest.update(chunk, 0, --left == 0 ? usedOfLast : chunk.length);
    }
  }

  /** Writes everything and keeps it. */
  void copyTo(ByteArrayOutputStream out) {
    int left = chunks.size();
    for (byte[] chunk : chunks) {
      out.write(chunk, 0, --left == 0 ? usedOfLast : chunk.length);
    }
  }

  /** Writes everything and forgets it. */
  void moveTo(OutputStream out) throws IOException {
    while (!chunks.isEmpty()) {
      byte[] chunk = chunks.removeFirst();
      out.write(chunk, 0, chunks.isEmpty() ? usedOfLast : chunk.length);
      source.give(chunk);
    }
  }

  /** How many bytes are reserved. */
  int capacity() {
    return chunks.stream().mapToInt(chunk -> chunk.length).sum();
  }

  void clear() {
    chunks.forEach(source::give);
    chunks.clear();
  }
}
