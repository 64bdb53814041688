package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A rewriter of a body while it is written. Not thread-safe. */
public interface BodyRewriter {

  /**
   * Processes the next part of the body.
   *
   * @param out receives the output that can be sent
   */
  void rewrite(CharSequence part, StringBuilder out);

  /** Processes bytes of the body, each of which is one unit. */
  default void rewrite(byte[] bytes, int offset, int length, StringBuilder out) {
    rewrite(new String(bytes, offset, length, StandardCharsets.ISO_8859_1), out);
  }

  /** Processes characters of the body from an array. */
  default void rewrite(char[] chars, int offset, int length, StringBuilder out) {
    rewrite(new String(chars, offset, length), out);
  }

  /** Processes characters of the body from a string. */
  default void rewrite(String text, int offset, int length, StringBuilder out) {
    rewrite(text.substring(offset, offset + length), out);
  }

  /** Processes the end of the body. */
  void end(StringBuilder out);

  /** Writes the pending input unchanged; the rewriter is not called again. */
  void giveUp(StringBuilder out);

  /** A selector of the rewriter of a body. */
  @FunctionalInterface
  interface Choice {

    /**
     * Returns the rewriter of a body. Called at the first part of the body, with status and headers
     * in place.
     *
     * @param units converts characters of the rewriter to those of the page
     * @return the rewriter, or null for a body that must not be changed
     */
    @Nullable BodyRewriter of(HttpServletResponse response, CodeUnits units);
  }
}
