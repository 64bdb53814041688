package io.github.conflictguard.servlet.buffer;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A sequence of characters, to be encoded, in chunks. */
final class CharChunks extends Chunks<char[]> {

  static final int CHUNK = ChunkPool.SIZE;

  private final ChunkPool source;

  CharChunks(ChunkPool source, char @Nullable [] expected) {
    super(expected);
    this.source = source;
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

  /** Feeds the characters to a digest as UTF-8, regardless of the encoding of the container. */
  void digest(MessageDigest digest) {
    Utf8Digest utf8 = new Utf8Digest(digest, source.nextBytes(lengthOfFirst()));
    copyTo(utf8::add);
    source.give(utf8.end());
  }

  /** Returns all characters, and keeps them. */
  String text() {
    StringBuilder text = new StringBuilder();
    copyTo((part, length) -> text.append(part, 0, length));
    return text.toString();
  }

  /** Writes all characters and discards them. */
  void moveTo(PrintWriter out) {
    moveTo((part, length) -> out.write(part, 0, length));
  }

  @Override
  char[] take(int wanted) {
    return source.nextChars(wanted);
  }

  @Override
  void give(char[] chunk) {
    source.give(chunk);
  }

  @Override
  int lengthOf(char[] array) {
    return array.length;
  }

  @Override
  void copy(char[] from, int offset, char[] to, int position, int length) {
    System.arraycopy(from, offset, to, position, length);
  }

  @Override
  boolean isSame(char[] known, int position, char[] more, int offset, int length) {
    return CharBuffer.wrap(known, position, length).equals(CharBuffer.wrap(more, offset, length));
  }

  /** An encoder of characters whose bytes go to a digest. */
  private static final class Utf8Digest {

    private final MessageDigest digest;
    private final byte[] space;
    private final ByteBuffer out;
    private final CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The first half of a pair that a part ended with, and the character after it. */
    private final CharBuffer torn = CharBuffer.allocate(2);

    Utf8Digest(MessageDigest digest, byte[] space) {
      this.digest = digest;
      this.space = space;
      this.out = ByteBuffer.wrap(space);
    }

    void add(char[] chars, int length) {
      CharBuffer in = CharBuffer.wrap(chars, 0, length);
      while (torn.position() > 0 && in.hasRemaining()) {
        torn.put(in.get());
        encodeTorn(false);
      }
      encode(in, false);
      torn.put(in);
    }

    /** Completes the digest; returns the space that is no longer used. */
    byte[] end() {
      encodeTorn(true);
      digest.update(space, 0, out.position());
      return space;
    }

    private void encodeTorn(boolean last) {
      torn.flip();
      encode(torn, last);
      torn.compact();
    }

    private void encode(CharBuffer in, boolean last) {
      while (encoder.encode(in, out, last).isOverflow()) {
        out.flip();
        digest.update(out);
        out.clear();
      }
    }
  }
}
