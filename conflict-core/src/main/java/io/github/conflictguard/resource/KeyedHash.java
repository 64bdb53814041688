package io.github.conflictguard.resource;

import java.security.SecureRandom;

/**
 * Hashes texts by SipHash-2-4 with a random key that is chosen at each start of the JVM and never
 * leaves it, so that texts with equal hashes cannot be chosen on purpose. No hash may be shown to a
 * client. Costs a fraction of a cryptographic hash.
 */
public final class KeyedHash {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long FIRST_KEY = RANDOM.nextLong();
  private static final long SECOND_KEY = RANDOM.nextLong();

  private long v0 = FIRST_KEY ^ 0x736f6d6570736575L;
  private long v1 = SECOND_KEY ^ 0x646f72616e646f6dL;
  private long v2 = FIRST_KEY ^ 0x6c7967656e657261L;
  private long v3 = SECOND_KEY ^ 0x7465646279746573L;

  private KeyedHash() {}

  /** Returns the hash of a text. */
  public static long of(CharSequence text) {
    // Not in a charset: an encoder makes the same byte of all characters that it does not have.
    KeyedHash hash = new KeyedHash();
    int length = text.length();
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (long) text.charAt(i) << (16 * (i & 3));
      if ((i & 3) == 3) {
        hash.add(word);
        word = 0;
      }
    }
    hash.add(word);
    hash.add(length);
    return hash.end();
  }

  private void add(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }

  private long end() {
    v2 ^= 0xff;
    for (int i = 0; i < 4; i++) {
      round();
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }
}
