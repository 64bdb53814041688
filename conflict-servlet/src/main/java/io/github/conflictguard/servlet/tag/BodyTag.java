package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * A strong entity tag from the content of a body: half of its SHA-256.
 *
 * <p>Strong, because a collision cannot be made at will, see {@link Sha256}. Lower-case
 * hexadecimal, because it holds nothing that an intermediary could take for a suffix of its own,
 * such as {@code --gzip}.
 */
final class BodyTag {

  static final int BYTES = 16;

  private BodyTag() {}

  /**
   * Makes the tag.
   *
   * @param body feeds the body to the digest that it is given
   */
  static EntityTag of(Consumer<MessageDigest> body) {
    MessageDigest digest = Sha256.begin();
    body.accept(digest);
    return of(digest.digest());
  }

  /** A tag of the same form from what is different for different states anyway. */
  static EntityTag of(long first, long second) {
    return of(ByteBuffer.allocate(BYTES).putLong(first).putLong(second).array());
  }

  /** The tag that a hash makes, of 16 bytes or more. */
  static EntityTag of(byte[] hash) {
    return EntityTag.ofHash(hash, BYTES);
  }
}
