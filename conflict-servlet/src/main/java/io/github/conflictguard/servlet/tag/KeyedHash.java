package io.github.conflictguard.servlet.tag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A hash for whoever has the key: the universal hash NH (as in UMAC, RFC 4418) makes 16 bytes of
 * each 1024, and SHA-256 makes the result of these, of the key and of the length.
 *
 * <p>It reads a body several times faster than SHA-256 does, and does without instructions that old
 * Java versions do not use. Two bodies meet with a probability of 2 to the power of -64, whoever
 * chooses them, as long as he does not know the key; and of the key nothing can be learnt from the
 * results, which SHA-256 hides.
 */
final class KeyedHash extends MessageDigest {

  static final int BLOCK = 1024;
  private static final int WORDS = BLOCK / Integer.BYTES;
  private static final long LOW = 0xFFFF_FFFFL;

  /** Two words more: the second sum has the key moved by a pair (Toeplitz). */
  private final int[] key;

  private final byte[] outerKey;
  private final MessageDigest outer = BodyHash.newSha256();
  private final byte[] block = new byte[BLOCK];
  private final ByteBuffer blockWords = words(block);
  private final ByteBuffer sums = ByteBuffer.allocate(2 * Long.BYTES);
  private int filled;
  private long length;

  KeyedHash(Key key) {
    super("NH-SHA-256");
    this.key = key.words;
    this.outerKey = key.outer;
    engineReset();
  }

  @Override
  protected void engineUpdate(byte input) {
    engineUpdate(new byte[] {input}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int count) {
    int from = offset;
    int left = count;
    length += count;
    if (filled > 0) {
      int now = Math.min(left, BLOCK - filled);
      System.arraycopy(input, from, block, filled, now);
      filled += now;
      from += now;
      left -= now;
      if (filled < BLOCK) {
        return;
      }
      add(blockWords, 0, BLOCK);
    }
    if (left >= BLOCK) {
      ByteBuffer words = words(input);
      for (; left >= BLOCK; from += BLOCK, left -= BLOCK) {
        add(words, from, BLOCK);
      }
    }
    System.arraycopy(input, from, block, 0, left);
    filled = left;
  }

  @Override
  protected byte[] engineDigest() {
    if (filled > 0) {
      // Zeros that the length tells from those of the body.
      int end = (filled + 7) / 8 * 8;
      Arrays.fill(block, filled, end, (byte) 0);
      add(blockWords, 0, end);
    }
    outer.update(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    byte[] hash = outer.digest();
    engineReset();
    return hash;
  }

  @Override
  protected void engineReset() {
    outer.reset();
    outer.update(outerKey);
    filled = 0;
    length = 0;
  }

  private static ByteBuffer words(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void add(ByteBuffer words, int offset, int count) {
    long first = 0;
    long second = 0;
    for (int i = 0; i < count; i += Long.BYTES) {
      long pair = words.getLong(offset + i);
      int even = (int) pair;
      int odd = (int) (pair >>> 32);
      int at = i / Integer.BYTES;
      first += ((even + key[at]) & LOW) * ((odd + key[at + 1]) & LOW);
      second += ((even + key[at + 2]) & LOW) * ((odd + key[at + 3]) & LOW);
    }
    sums.putLong(0, first).putLong(Long.BYTES, second);
    outer.update(sums.array());
    filled = 0;
  }

  /** What is made of a secret, once. Immutable. */
  static final class Key {

    private final int[] words = new int[WORDS + 2];
    private final byte[] outer;

    Key(byte[] secret) {
      int at = 0;
      for (int part = 0; at < words.length; part++) {
        ByteBuffer some = ByteBuffer.wrap(derived(secret, "words " + part));
        while (some.hasRemaining() && at < words.length) {
          words[at++] = some.getInt();
        }
      }
      this.outer = derived(secret, "outer");
    }

    private static byte[] derived(byte[] secret, String purpose) {
      MessageDigest digest = BodyHash.newSha256();
      digest.update(("entity tags, " + purpose + '\n').getBytes(StandardCharsets.UTF_8));
      return digest.digest(secret);
    }
  }
}
