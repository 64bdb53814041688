package io.github.conflictguard.resource;

import java.security.SecureRandom;

/**
 * Hashes strings by SipHash-2-4 with a random key for each instance, so that clients cannot choose
 * strings with equal hashes, in a fraction of the time of {@link KeyedHash}. For tables and counts
 * in this JVM: a hash that leaves it is computed by {@code KeyedHash}. Immutable.
 */
public final class SipHash {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final int CHARS_PER_WORD = 4;

  private final long first;
  private final long second;

  /** Creates an instance with a random key. */
  public SipHash() {
    this(RANDOM.nextLong(), RANDOM.nextLong());
  }

  SipHash(long first, long second) {
    this.first = first;
    this.second = second;
  }

  /** Returns the hash of the UTF-16 code units of a string. */
  public long of(String text) {
    long v0 = first ^ 0x736f6d6570736575L;
    long v1 = second ^ 0x646f72616e646f6dL;
    long v2 = first ^ 0x6c7967656e657261L;
    long v3 = second ^ 0x7465646279746573L;
    int length = text.length();
    int words = length / CHARS_PER_WORD + 1;
    // Two rounds for each word, the last of which contains the length, and four at the end.
    int rounds = 2 * words + 4;
    long word = 0;
    for (int round = 0; round < rounds; round++) {
      boolean ends = round >= 2 * words;
      if (!ends && (round & 1) == 0) {
        word = word(text, round / 2 * CHARS_PER_WORD);
        v3 ^= word;
      } else if (round == 2 * words) {
        v2 ^= 0xff;
      }
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
      if (!ends && (round & 1) == 1) {
        v0 ^= word;
      }
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** Returns four code units, the first one lowest; the last word ends with the length in bytes. */
  private static long word(String text, int from) {
    int length = text.length();
    if (from + CHARS_PER_WORD <= length) {
      return text.charAt(from)
          | ((long) text.charAt(from + 1) << 16)
          | ((long) text.charAt(from + 2) << 32)
          | ((long) text.charAt(from + 3) << 48);
    }
    long word = ((long) length * Character.BYTES) << 56;
    for (int i = from; i < length; i++) {
      word |= (long) text.charAt(i) << (16 * (i - from));
    }
    return word;
  }
}
