package io.github.conflictguard.servlet.response;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What {@code ServletOutputStream.print} writes: Latin-1, as the standard has it, or the charset of
 * the response, as Jetty does. Where that makes a difference the container has to do it.
 */
public final class Latin1 {

  private Latin1() {}

  /** Whether it makes none for this text; false where the charset is unknown. */
  public static boolean isTheSameIn(String charset, String text) {
    try {
      return Arrays.equals(
          text.getBytes(Charset.forName(charset)), text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
