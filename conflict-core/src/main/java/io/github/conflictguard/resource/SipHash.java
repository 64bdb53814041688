package io.github.conflictguard.resource;

import java.security.SecureRandom;

/**
 * Hashes strings by SipHash-2-4 with a random key for each instance, which is never exposed. For
 * the keys of tables in memory: clients cannot choose strings with equal hashes, and a hash costs a
 * fraction of {@link KeyedHash}, which is used for everything that leaves the server. Immutable.
 */
public final class SipHash {

  private static final int CHARS_OF_WORD = 4;

  private final long key0;
  private final long key1;

  /** Creates an instance with a random key. */
  public SipHash() {
    this(new SecureRandom());
  }

  private SipHash(SecureRandom random) {
    this(random.nextLong(), random.nextLong());
  }

  SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** Returns the hash of a string, of its UTF-16 code units with the low byte first. */
  public long of(CharSequence text) {
    State state = new State(key0, key1);
    int length = text.length();
    int whole = length - length % CHARS_OF_WORD;
    for (int i = 0; i < whole; i += CHARS_OF_WORD) {
      state.add(word(text, i, i + CHARS_OF_WORD));
    }
    // The last word contains the length in bytes, modulo 256.
    state.add(word(text, whole, length) | (((long) Character.BYTES * length) << 56));
    return state.end();
  }

  private static long word(CharSequence text, int from, int to) {
    long word = 0;
    for (int i = from; i < to; i++) {
      word |= (long) text.charAt(i) << (Character.SIZE * (i - from));
    }
    return word;
  }

  /** The four words of the algorithm. */
  private static final class State {

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    void add(long word) {
      v3 ^= word;
      mix();
      mix();
      v0 ^= word;
    }

    long end() {
      v2 ^= 0xff;
      for (int i = 0; i < 4; i++) {
        mix();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void mix() {
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
}
