package io.github.conflictguard.servlet.response;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoding of {@code ServletOutputStream.print}: Latin-1 according to the standard, or the
 * charset of the response in Jetty. If the two differ for a text, the container must encode it.
 */
public final class Latin1 {

  private Latin1() {}

  /** Returns whether the encodings are the same for this text; false if the charset is unknown. */
  public static boolean isTheSameIn(String charset, String text) {
    try {
      return Arrays.equals(
          text.getBytes(Charset.forName(charset)), text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
