package io.github.conflictguard.resource;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Hashes texts by SHA-256 with a random beginning that is chosen at each start of the JVM and never
 * leaves it. A plain keyed beginning is enough: no hash is ever shown to a client.
 */
final class KeyedHash {

  /** A whole block, so that it is hashed once and not for each text. */
  private static final int BLOCK = 64;

  private static final MessageDigest BEGUN = begun();

  private KeyedHash() {}

  /** Returns the hash of a text. */
  static long of(String text) {
    // Not in a charset: an encoder makes the same byte of all characters that it does not have.
    ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
    bytes.asCharBuffer().put(text);
    return ByteBuffer.wrap(copyOfBegun().digest(bytes.array())).getLong();
  }

  private static MessageDigest copyOfBegun() {
    try {
      return (MessageDigest) BEGUN.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Every JDK's SHA-256 can be copied", e);
    }
  }

  private static MessageDigest begun() {
    byte[] key = new byte[BLOCK];
    new SecureRandom().nextBytes(key);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key);
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
