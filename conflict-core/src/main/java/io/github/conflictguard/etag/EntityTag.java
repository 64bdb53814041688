package io.github.conflictguard.etag;

/**
 * An entity tag: an opaque validator with an optional weak flag (RFC 9110, section 8.8.3).
 *
 * <p>The opaque part is kept as the characters that the container supplies, one for each byte, and
 * is never decoded, folded or trimmed. Immutable and safe for use by several threads.
 */
public final class EntityTag {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final String opaque;
  private final boolean weak;

  private EntityTag(String opaque, boolean weak) {
    this.opaque = opaque;
    this.weak = weak;
  }

  /**
   * Creates a strong entity tag.
   *
   * @param opaque the text between the quotes; may be empty
   * @throws IllegalArgumentException if a character is not allowed in an entity tag
   */
  public static EntityTag strong(String opaque) {
    return new EntityTag(checked(opaque), false);
  }

  /**
   * Creates a weak entity tag.
   *
   * @param opaque the text between the quotes; may be empty
   * @throws IllegalArgumentException if a character is not allowed in an entity tag
   */
  public static EntityTag weak(String opaque) {
    return new EntityTag(checked(opaque), true);
  }

  /**
   * Creates a strong entity tag of a hash, as lower-case hexadecimal.
   *
   * @param length the number of leading bytes to use
   */
  public static EntityTag ofHash(byte[] hash, int length) {
    char[] text = new char[2 * length];
    for (int i = 0; i < length; i++) {
      text[2 * i] = HEX[(hash[i] >> 4) & 0xF];
      text[2 * i + 1] = HEX[hash[i] & 0xF];
    }
    return new EntityTag(new String(text), false);
  }

  /**
   * Parses the value of an {@code ETag} header.
   *
   * @throws EntityTagSyntaxException if the value is not exactly one entity tag
   */
  public static EntityTag parse(String value) throws EntityTagSyntaxException {
    return new EntityTagParser(value).singleTag();
  }

  /** Creates a tag from characters that the parser has already checked. */
  static EntityTag ofParsed(String opaque, boolean weak) {
    return new EntityTag(opaque, weak);
  }

  /** Returns whether a character may stand between the quotes: {@code etagc} of section 8.8.3. */
  static boolean isAllowed(char c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF);
  }

  /** Returns the text between the quotes, without the weak flag. */
  public String opaque() {
    return opaque;
  }

  /** Returns whether the tag carries the weak flag {@code W/}. */
  public boolean isWeak() {
    return weak;
  }

  /** Returns the weak tag with the same opaque part. */
  public EntityTag weakened() {
    return weak ? this : new EntityTag(opaque, true);
  }

  /** Returns the strong tag with the same opaque part. */
  public EntityTag strengthened() {
    return weak ? new EntityTag(opaque, false) : this;
  }

  /**
   * Returns whether the tags match by strong comparison (section 8.8.3.2): neither tag is weak, and
   * the opaque parts are identical.
   */
  public boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /**
   * Returns whether the tags match by weak comparison (section 8.8.3.2): the opaque parts are
   * identical, whether the tags are weak or not.
   */
  public boolean matchesWeakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /**
   * Returns whether opaque part and weak flag are equal; this is neither of the comparisons that
   * HTTP defines.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof EntityTag
        && weak == ((EntityTag) other).weak
        && opaque.equals(((EntityTag) other).opaque);
  }

  @Override
  public int hashCode() {
    return 31 * opaque.hashCode() + Boolean.hashCode(weak);
  }

  /** Returns the tag as it is written in a header, with quotes and weak flag. */
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"").concat(opaque).concat("\"");
  }

  private static String checked(String opaque) {
    for (int i = 0; i < opaque.length(); i++) {
      if (!isAllowed(opaque.charAt(i))) {
        throw new IllegalArgumentException(
            "Character "
                + (int) opaque.charAt(i)
                + " at position "
                + i
                + " is not allowed in an entity tag; allowed are 33, 35 to 126 and 128 to 255");
      }
    }
    return opaque;
  }
}
