package io.github.conflictguard.resource;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes strings by HMAC-SHA-256 with a random key for each instance, which is never exposed, so
 * that clients cannot choose strings with equal hashes. Thread-safe.
 */
public final class KeyedHash {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  /** Cloning it is cheaper than a look-up of the security providers and two more blocks. */
  private final Mac unused;

  /** Creates an instance with a random key. */
  public KeyedHash() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
    this.unused = newMac();
  }

  /** Returns the 32 bytes of the hash of a string. */
  public byte[] of(String text) {
    // Does not use a charset: an encoder maps all unsupported characters to the same byte.
    ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
    bytes.asCharBuffer().put(text);
    return mac().doFinal(bytes.array());
  }

  /** Returns the first 8 bytes of the hash of a string as a number. */
  public long numberOf(String text) {
    return ByteBuffer.wrap(of(text)).getLong();
  }

  private Mac mac() {
    try {
      return (Mac) unused.clone();
    } catch (CloneNotSupportedException e) {
      // Not all security providers support cloning.
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
