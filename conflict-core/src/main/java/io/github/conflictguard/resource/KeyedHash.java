package io.github.conflictguard.resource;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes texts by HMAC-SHA-256 with a key that is chosen at random for each instance and never
 * leaves it, so that clients cannot choose texts with equal hashes. Safe for use by several
 * threads.
 */
public final class KeyedHash {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  /** A copy of it costs less than a search among the security providers and two more blocks. */
  private final Mac unused;

  /** Chooses a key. */
  public KeyedHash() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
    this.unused = newMac();
  }

  /** Returns the 32 bytes of the hash of a text. */
  public byte[] of(String text) {
    // Not in a charset: an encoder makes the same byte of all characters that it does not have.
    ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
    bytes.asCharBuffer().put(text);
    return mac().doFinal(bytes.array());
  }

  /** Returns the first 8 bytes of the hash of a text as a number. */
  public long numberOf(String text) {
    return ByteBuffer.wrap(of(text)).getLong();
  }

  private Mac mac() {
    try {
      return (Mac) unused.clone();
    } catch (CloneNotSupportedException e) {
      // Not every security provider's can be copied.
      return newMac();
    }
  }

  private Mac newMac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java platform has " + ALGORITHM, e);
    }
  }
}
