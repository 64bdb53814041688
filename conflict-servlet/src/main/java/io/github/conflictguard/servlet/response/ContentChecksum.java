package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/**
 * A checksum that indicates whether two bodies are likely the same, at a fraction of the cost of a
 * cryptographic hash. Suitable for statistics only: an attacker can construct two bodies with the
 * same checksum. Not thread-safe.
 */
public final class ContentChecksum {

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final Predicate<HttpServletResponse> compared;
  private final CRC32 bytes = new CRC32();
  private long length;
  private long ofChars;
  private long word;
  private boolean characters;

  /**
   * Creates a checksum.
   *
   * @param compared returns whether the content of a response matters, by its status and headers
   */
  public ContentChecksum(Predicate<HttpServletResponse> compared) {
    this.compared = compared;
  }

  /** Returns whether the content of a response matters, by its status and headers. */
  public boolean isOf(HttpServletResponse response) {
    return compared.test(response);
  }

  /** Adds bytes of the body. */
  public void update(byte[] part, int offset, int size) {
    bytes.update(part, offset, size);
    length += size;
  }

  /** Adds characters of the body from a string. */
  public void update(String part, int offset, int size) {
    characters = true;
    int i = offset;
    int end = offset + size;
    while (i < end && (length & 3) != 0) {
      update(part.charAt(i++));
    }
    for (; i + 4 <= end; i += 4) {
      four(part.charAt(i), part.charAt(i + 1), part.charAt(i + 2), part.charAt(i + 3));
    }
    while (i < end) {
      update(part.charAt(i++));
    }
  }

  /** Adds characters of the body from an array. */
  public void update(char[] part, int offset, int size) {
    characters = true;
    int i = offset;
    int end = offset + size;
    while (i < end && (length & 3) != 0) {
      update(part[i++]);
    }
    // Four characters for each multiplication, regardless of the boundaries of parts.
    for (; i + 4 <= end; i += 4) {
      four(part[i], part[i + 1], part[i + 2], part[i + 3]);
    }
    while (i < end) {
      update(part[i++]);
    }
  }

  private void four(char a, char b, char c, char d) {
    long four = (long) a << 48 | (long) b << 32 | (long) c << 16 | d;
    ofChars = Long.rotateLeft((ofChars ^ four) * FACTOR, 29);
    length += 4;
  }

  private void update(char c) {
    word = word << 16 | c;
    length++;
    if ((length & 3) == 0) {
      ofChars = Long.rotateLeft((ofChars ^ word) * FACTOR, 29);
      word = 0;
    }
  }

  /** Discards the content written so far. */
  public void reset() {
    bytes.reset();
    length = 0;
    ofChars = 0;
    word = 0;
    characters = false;
  }

  /** Returns whether the body was written as characters. */
  public boolean isOfCharacters() {
    return characters;
  }

  /** Returns the checksum of the content written so far. */
  public long value() {
    long content = characters ? ofChars ^ word * FACTOR : bytes.getValue() << 31;
    return content ^ length;
  }

  /** A digest that adds its input to the checksum. */
  public final class Sink extends MessageDigest {

    public Sink() {
      super("CRC-32");
    }

    @Override
    protected void engineUpdate(byte input) {
      ContentChecksum.this.update(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int size) {
      ContentChecksum.this.update(input, offset, size);
    }

    @Override
    protected byte[] engineDigest() {
      return new byte[0];
    }

    @Override
    protected void engineReset() {
      ContentChecksum.this.reset();
    }
  }
}
