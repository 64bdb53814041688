package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Changes a body while it is written. One thread at a time. */
public interface BodyRewriter {

  /**
   * Takes the next part of the body.
   *
   * @param out takes what can be sent
   */
  void rewrite(CharSequence part, StringBuilder out);

  /** Takes the end of the body. */
  void end(StringBuilder out);

  /** Gives back what it holds, as it was written; it is not asked again. */
  void giveUp(StringBuilder out);

  /** Decides what is done with a body. */
  @FunctionalInterface
  interface Choice {

    /**
     * Asked at the first part of a body, with status and headers in place.
     *
     * @param units how characters of the rewriter become those of the page
     * @return null for a body that is to stay as it is
     */
    @Nullable BodyRewriter of(HttpServletResponse response, CodeUnits units);
  }
}
