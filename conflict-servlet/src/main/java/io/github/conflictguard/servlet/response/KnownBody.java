package io.github.conflictguard.servlet.response;

import org.jspecify.annotations.Nullable;

/**
 * The body of an earlier response of the application: bytes, or characters that the container
 * encodes. The next response is compared with it while it is written. Immutable.
 */
public final class KnownBody {

  /** The bytes of the body; null if it was written as characters. */
  public final byte @Nullable [] bytes;

  /** The characters of the body; null if it was written as bytes. */
  public final char @Nullable [] chars;

  private KnownBody(byte @Nullable [] bytes, char @Nullable [] chars) {
    this.bytes = bytes;
    this.chars = chars;
  }

  /** Creates a body that was written as bytes; the array is not copied. */
  public static KnownBody of(byte[] bytes) {
    return new KnownBody(bytes, null);
  }

  /** Creates a body that was written as characters; the array is not copied. */
  public static KnownBody of(char[] chars) {
    return new KnownBody(null, chars);
  }

  /** Returns the memory that it uses, in bytes. */
  public int size() {
    return (bytes == null ? 0 : bytes.length)
        + (chars == null ? 0 : Character.BYTES * chars.length);
  }
}
