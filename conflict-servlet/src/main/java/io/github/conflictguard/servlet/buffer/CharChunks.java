package io.github.conflictguard.servlet.buffer;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of characters to be encoded, in chunks: growth copies nothing. While the characters
 * equal the expected ones, nothing is copied at all.
 */
final class CharChunks {

  static final int CHUNK = ChunkPool.SIZE;

  // Few responses have more than two.
  private final Deque<char[]> chunks = new ArrayDeque<>(2);
  private final ChunkPool source;
  private int usedOfLast;

  /** The characters that may follow; null if unknown, or if other characters were written. */
  private char @Nullable [] expected;

  /** The number of expected characters that were written. */
  private int matched;

  CharChunks(ChunkPool source, char @Nullable [] expected) {
    this.source = source;
    this.expected = expected;
  }

  /** Returns the length of the characters in UTF-8, or more if half of a pair is missing. */
  static int lengthInUtf8(char[] chars, int offset, int length) {
    long bytes = 0;
    for (int i = offset; i < offset + length; i++) {
      char c = chars[i];
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  void add(char[] more, int offset, int length) {
    char[] known = expected;
    if (known == null) {
      append(more, offset, length);
    } else if (length <= known.length - matched
        && CharBuffer.wrap(known, matched, length).equals(CharBuffer.wrap(more, offset, length))) {
      matched += length;
    } else {
      forgetExpected();
      append(more, offset, length);
    }
  }

  /** Returns whether exactly the expected characters were written. */
  boolean isAsExpected() {
    return expected != null && matched == expected.length;
  }

  boolean isEmpty() {
    return chunks.isEmpty() && (expected == null || matched == 0);
  }

  /** Buffers the matched characters like all others, and drops the expectation. */
  private void forgetExpected() {
    char[] known = expected;
    expected = null;
    if (known != null) {
      append(known, 0, matched);
    }
  }

  private void append(char[] more, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      char[] last = chunks.peekLast();
      if (last == null || usedOfLast == last.length) {
        last = source.nextChars(last == null ? left : ChunkPool.GROWTH * last.length);
        chunks.addLast(last);
        usedOfLast = 0;
      }
      int now = Math.min(left, last.length - usedOfLast);
      System.arraycopy(more, from, last, usedOfLast, now);
      usedOfLast += now;
      from += now;
      left -= now;
    }
  }

  /** Feeds the characters to a digest as UTF-8, regardless of the encoding of the container. */
  void digest(MessageDigest digest) {
    forgetExpected();
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    byte[] space = source.nextBytes(chunks.isEmpty() ? 0 : chunks.getFirst().length);
    ByteBuffer out = ByteBuffer.wrap(space);
    // The first half of a pair that a chunk ended with, and the character after it.
    CharBuffer torn = CharBuffer.allocate(2);
    int left = chunks.size();
    for (char[] chunk : chunks) {
      boolean last = --left == 0;
      CharBuffer in = CharBuffer.wrap(chunk, 0, last ? usedOfLast : chunk.length);
      while (torn.position() > 0 && in.hasRemaining()) {
        torn.put(in.get()).flip();
        encode(encoder, torn, out, last && !in.hasRemaining(), digest);
        torn.compact();
      }
      encode(encoder, in, out, last, digest);
      torn.put(in);
    }
    digest.update(space, 0, out.position());
    source.give(space);
  }

  private static void encode(
      CharsetEncoder encoder, CharBuffer in, ByteBuffer out, boolean last, MessageDigest digest) {
    while (encoder.encode(in, out, last).isOverflow()) {
      out.flip();
      digest.update(out);
      out.clear();
    }
  }

  /** Returns all characters, and keeps them. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (expected != null) {
      text.append(expected, 0, matched);
    }
    int left = chunks.size();
    for (char[] chunk : chunks) {
      text.append(chunk, 0, --left == 0 ? usedOfLast : chunk.length);
    }
    return text.toString();
  }

  /** Writes all characters and discards them. */
  void moveTo(PrintWriter out) {
    char[] known = expected;
    expected = null;
    if (known != null && matched > 0) {
      out.write(known, 0, matched);
    }
    while (!chunks.isEmpty()) {
      char[] chunk = chunks.removeFirst();
      out.write(chunk, 0, chunks.isEmpty() ? usedOfLast : chunk.length);
      source.give(chunk);
    }
  }

  /** Returns the number of characters that are reserved. */
  int capacity() {
    return chunks.stream().mapToInt(chunk -> chunk.length).sum();
  }

  void clear() {
    chunks.forEach(source::give);
    chunks.clear();
    matched = 0;
  }
}
