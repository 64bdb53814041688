package io.github.conflictguard.servlet.tag;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hash that an entity tag is made of: one whose collisions nobody can make, or one whose
 * collisions nobody can make who lacks the key. Immutable and safe for use by several threads.
 */
public final class BodyHash {

  /** Copies of it cost less than a search among the security providers. */
  private static final MessageDigest UNUSED = searched();

  private static final BodyHash SHA_256 = new BodyHash(BodyHash::newSha256);
  private static final int RANDOM_BYTES = 32;

  private final Supplier<MessageDigest> digests;

  private BodyHash(Supplier<MessageDigest> digests) {
    this.digests = digests;
  }

  /** SHA-256: the same tags everywhere and always. */
  public static BodyHash sha256() {
    return SHA_256;
  }

  /**
   * A faster hash.
   *
   * @param secret the same tags for everybody who has it; null for one that nobody else has
   */
  public static BodyHash keyed(@Nullable String secret) {
    byte[] bytes = new byte[RANDOM_BYTES];
    if (secret == null) {
      new SecureRandom().nextBytes(bytes);
    } else {
      bytes = secret.getBytes(StandardCharsets.UTF_8);
    }
    KeyedHash.Key key = new KeyedHash.Key(bytes);
    return new BodyHash(() -> new KeyedHash(key));
  }

  /** Begins to hash. */
  MessageDigest begin() {
    return digests.get();
  }

  static MessageDigest newSha256() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return searched();
    }
  }

  private static MessageDigest searched() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
