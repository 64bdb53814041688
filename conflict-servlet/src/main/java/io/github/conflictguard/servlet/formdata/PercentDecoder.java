package io.github.conflictguard.servlet.formdata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of names and values of {@code application/x-www-form-urlencoded} text. Immutable and
 * thread-safe.
 */
final class PercentDecoder {

  private final Charset charset;
  private final boolean asciiCompatible;
  private final boolean strict;

  /**
   * Creates a decoder.
   *
   * @param strict whether bytes that are invalid in the charset make the text undecodable, instead
   *     of being replaced
   */
  PercentDecoder(Charset charset, boolean strict) {
    this.charset = charset;
    this.strict = strict;
    this.asciiCompatible =
        charset.equals(StandardCharsets.UTF_8)
            || charset.equals(StandardCharsets.ISO_8859_1)
            || charset.equals(StandardCharsets.US_ASCII);
  }

  /**
   * Decodes a part of a text.
   *
   * @param text the text, with a character for each byte; characters that are not bytes are kept
   * @return the decoded text, or null for a malformed escape or undecodable bytes
   */
  @Nullable String decode(String text, int from, int to) {
    if (asciiCompatible && isPlain(text, from, to)) {
      return text.substring(from, to);
    }
    // In UTF-8, the only charset of texts with such characters, they take three bytes at most.
    int wide = (int) text.subSequence(from, to).chars().filter(c -> c > 0xFF).count();
    byte[] bytes = new byte[to - from + 2 * wide];
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < to ? hex(text.charAt(i + 1)) : -1;
        int low = i + 2 < to ? hex(text.charAt(i + 2)) : -1;
        if (i + 2 >= to || high < 0 || low < 0) {
          return null;
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c > 0xFF) {
        int end = i + (Character.isHighSurrogate(c) && i + 1 < to ? 2 : 1);
        for (byte b : text.substring(i, end).getBytes(charset)) {
          bytes[length++] = b;
        }
        i = end - 1;
      } else {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    return decode(bytes, length);
  }

  private @Nullable String decode(byte[] bytes, int length) {
    if (!strict) {
      return new String(bytes, 0, length, charset);
    }
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '+' || c >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
