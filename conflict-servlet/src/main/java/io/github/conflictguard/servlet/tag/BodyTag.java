package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * A strong entity tag generated from the content of a body: half of its SHA-256.
 *
 * <p>The tag is strong because collisions cannot be constructed, see {@link Sha256}. It consists of
 * lower-case hexadecimal digits, so that no intermediary can mistake a part of it for a suffix of
 * its own, such as {@code --gzip}.
 */
final class BodyTag {

  static final int BYTES = 16;

  private BodyTag() {}

  /**
   * Creates the tag.
   *
   * @param body feeds the body to the digest passed to it
   */
  static EntityTag of(Consumer<MessageDigest> body) {
    MessageDigest digest = Sha256.begin();
    body.accept(digest);
    return of(digest.digest());
  }

  /** Returns a tag of the same form, made from values that differ for different states. */
  static EntityTag of(long first, long second) {
    return of(ByteBuffer.allocate(BYTES).putLong(first).putLong(second).array());
  }

  /** Returns the tag for a hash of at least 16 bytes. */
  static EntityTag of(byte[] hash) {
    return EntityTag.ofHash(hash, BYTES);
  }
}
