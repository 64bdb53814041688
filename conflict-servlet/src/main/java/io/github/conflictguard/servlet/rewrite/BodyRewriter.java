package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** A rewriter of a body while it is written. Not thread-safe. */
public interface BodyRewriter {

  /**
   * Processes the next part of the body.
   *
   * @param out receives the output that can be sent
   */
  void rewrite(CharSequence part, StringBuilder out);

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
