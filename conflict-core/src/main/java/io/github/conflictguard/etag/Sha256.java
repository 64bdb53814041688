package io.github.conflictguard.etag;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform supports. Safe for use by several threads. */
public final class Sha256 {

  /** A digest to copy: this costs less than a look-up among the security providers. */
  private static final MessageDigest UNUSED = searched();

  private Sha256() {}

  /** Returns a new digest. */
  public static MessageDigest begin() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return searched();
    }
  }

  /** Returns the hash of a text, encoded in UTF-8. */
  public static byte[] of(String text) {
    return begin().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest searched() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
