package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A strong entity tag from the content of a body: half of its SHA-256.
 *
 * <p>Strong, because a collision cannot be made at will. Lower-case hexadecimal, because it holds
 * nothing that an intermediary could take for a suffix of its own, such as {@code --gzip}.
 */
final class BodyTag {

  private static final int BYTES = 16;
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}(\\.[0-9a-f]{8})?");
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private BodyTag() {}

  /**
   * Makes the tag.
   *
   * @param body feeds the body to the digest that it is given
   */
  static EntityTag of(Consumer<MessageDigest> body) {
    MessageDigest digest = sha256();
    body.accept(digest);
    byte[] hash = digest.digest();
    char[] text = new char[2 * BYTES];
    for (int i = 0; i < BYTES; i++) {
      text[2 * i] = HEX[(hash[i] >> 4) & 0xF];
      text[2 * i + 1] = HEX[hash[i] & 0xF];
    }
    return EntityTag.strong(new String(text));
  }

  /** Whether a tag looks as if it had been made here. */
  static boolean isOne(EntityTag tag) {
    return !tag.isWeak() && FORM.matcher(tag.opaque()).matches();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
