package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The units in which a body is processed. For a writer these are characters. For a stream they are
 * bytes, one character for each, if the charset encodes ASCII as ASCII, and pairs of bytes in
 * UTF-16: tags are found without decoding, and every byte is preserved. Not thread-safe.
 */
public final class CodeUnits {

  private static final String ASCII = ascii();

  private static final Pattern SAID =
      Pattern.compile("charset=\\s*[\"']?([^\\s\"';]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern META =
      Pattern.compile("<meta[^>]*charset\\s*=\\s*[\"']?([^\\s\"'/>;]+)", Pattern.CASE_INSENSITIVE);

  private final boolean characters;
  private @Nullable Charset charset;
  private Width width;
  private int half = -1;

  private CodeUnits(boolean characters, @Nullable Charset charset, Width width) {
    this.characters = characters;
    this.charset = charset;
    this.width = width;
  }

  /** Returns the units of a writer. */
  static CodeUnits ofWriter(Charset charset) {
    return new CodeUnits(true, charset, Width.ONE);
  }

  /**
   * Returns the units of a stream.
   *
   * @param charset the charset of the response, or null if it is not declared
   * @return the units, or null if tags cannot be found without decoding
   */
  static @Nullable CodeUnits ofStream(@Nullable Charset charset) {
    if (charset == null || charset.equals(StandardCharsets.UTF_16)) {
      return new CodeUnits(false, charset, Width.UNKNOWN);
    }
    if (charset.equals(StandardCharsets.UTF_16BE)) {
      return new CodeUnits(false, charset, Width.TWO_BIG_END_FIRST);
    }
    if (charset.equals(StandardCharsets.UTF_16LE)) {
      return new CodeUnits(false, charset, Width.TWO_LITTLE_END_FIRST);
    }
    boolean ascii = charset.equals(StandardCharsets.UTF_8) || isSupersetOfAscii(charset);
    return ascii ? new CodeUnits(false, charset, Width.ONE) : null;
  }

  private static boolean isSupersetOfAscii(Charset charset) {
    return charset.canEncode()
        && !charset.name().startsWith("ISO-2022")
        && !charset.name().startsWith("x-ISO-2022")
        && ASCII.equals(new String(ASCII.getBytes(charset), StandardCharsets.ISO_8859_1));
  }

  /** Returns the charset that a response declares, or null if none. */
  public static @Nullable Charset said(HttpServletResponse response) {
    String type = response.getContentType();
    Matcher charset = type == null ? null : SAID.matcher(type);
    if (charset == null || !charset.find()) {
      return null;
    }
    try {
      return Charset.forName(charset.group(1));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Decodes a complete page.
   *
   * @param said the charset of the response; null to use the declaration in the page itself
   */
  public static String text(byte[] page, @Nullable Charset said) {
    if (said != null) {
      return new String(page, said);
    }
    String raw = new String(page, StandardCharsets.ISO_8859_1);
    Matcher meta = META.matcher(raw.substring(0, Math.min(raw.length(), 2048)));
    try {
      return new String(page, Charset.forName(meta.find() ? meta.group(1) : "windows-1252"));
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }

  /** Returns the charset of the page, or null if unknown. */
  public @Nullable Charset charset() {
    return charset;
  }

  /** Sets the charset that the page itself declares. That of the response takes precedence. */
  public void noteCharset(Charset said) {
    if (charset == null) {
      charset = said;
    }
  }

  /** Decodes units. */
  public String decode(String units) {
    if (characters || width != Width.ONE) {
      return units;
    }
    if (isAscii(units)) {
      return units;
    }
    // Browsers read an undeclared charset as windows-1252, a superset of ISO-8859-1.
    Charset known = charset == null ? Charset.forName("windows-1252") : charset;
    return new String(units.getBytes(StandardCharsets.ISO_8859_1), known);
  }

  private static boolean isAscii(String units) {
    for (int i = 0; i < units.length(); i++) {
      if (units.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether each of the next bytes is one unit. */
  boolean areBytes() {
    return width == Width.ONE && half < 0;
  }

  /** Converts bytes to units. */
  String of(byte[] bytes, int offset, int length) {
    if (areBytes()) {
      return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
    StringBuilder units = new StringBuilder(length + 1);
    for (int i = offset; i < offset + length; i++) {
      add(bytes[i] & 0xFF, units);
    }
    return units.toString();
  }

  private void add(int b, StringBuilder units) {
    if (width == Width.ONE) {
      units.append((char) b);
    } else if (half < 0) {
      half = b;
    } else {
      if (width == Width.UNKNOWN) {
        width = widthBy(half, b);
      }
      if (width == Width.ONE) {
        units.append((char) half).append((char) b);
      } else {
        units.append((char) (width == Width.TWO_BIG_END_FIRST ? half << 8 | b : b << 8 | half));
      }
      half = -1;
    }
  }

  /** Returns the width by the byte order mark at the beginning, if there is one. */
  private Width widthBy(int first, int second) {
    if (first == 0xFF && second == 0xFE) {
      charset = StandardCharsets.UTF_16LE;
      return Width.TWO_LITTLE_END_FIRST;
    }
    if ((first == 0xFE && second == 0xFF) || charset != null) {
      charset = StandardCharsets.UTF_16BE;
      return Width.TWO_BIG_END_FIRST;
    }
    return Width.ONE;
  }

  /** Converts units to bytes. */
  byte[] toBytes(CharSequence units) {
    boolean one = width == Width.ONE || width == Width.UNKNOWN;
    byte[] bytes = new byte[one ? units.length() : 2 * units.length()];
    for (int i = 0; i < units.length(); i++) {
      char unit = units.charAt(i);
      if (one) {
        bytes[i] = (byte) unit;
      } else {
        boolean bigFirst = width == Width.TWO_BIG_END_FIRST;
        bytes[2 * i] = (byte) (bigFirst ? unit >> 8 : unit);
        bytes[2 * i + 1] = (byte) (bigFirst ? unit : unit >> 8);
      }
    }
    return bytes;
  }

  /** Returns and clears the first byte of an incomplete unit. */
  byte[] takeHalf() {
    byte[] left = half < 0 ? new byte[0] : new byte[] {(byte) half};
    half = -1;
    return left;
  }

  private static String ascii() {
    StringBuilder all = new StringBuilder();
    for (char c = '\t'; c < 0x7F; c++) {
      all.append(c);
    }
    return all.toString();
  }

  private enum Width {
    UNKNOWN,
    ONE,
    TWO_BIG_END_FIRST,
    TWO_LITTLE_END_FIRST
  }
}
