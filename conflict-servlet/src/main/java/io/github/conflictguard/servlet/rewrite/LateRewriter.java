package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.html.token.FormSearch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes a page unread until it may contain a form: nothing is inserted before that. Then what came
 * before is parsed first, because it can affect the form. A page without a form is not parsed at
 * all. Not thread-safe.
 */
public final class LateRewriter implements BodyRewriter {

  /** The maximum number of characters that are kept until a form is found. */
  private static final int MOST = 256 * 1024;

  private final Supplier<BodyRewriter> parsing;
  private final Runnable withoutForm;
  private final FormSearch search = new FormSearch();
  private StringBuilder before = new StringBuilder();
  private @Nullable BodyRewriter parser;

  /** The number of characters that the parser has yet to write, and that were passed before. */
  private int passed;

  /**
   * Creates a rewriter.
   *
   * @param parsing creates the rewriter that parses the page, and changes nothing in front of the
   *     first form
   * @param withoutForm called at the end of a page that has no form
   */
  public LateRewriter(Supplier<BodyRewriter> parsing, Runnable withoutForm) {
    this.parsing = parsing;
    this.withoutForm = withoutForm;
  }

  @Override
  public void rewrite(CharSequence part, StringBuilder out) {
    String text = part.toString();
    if (parser == null && !search.accept(text) && text.length() <= MOST - before.length()) {
      before.append(text);
      out.append(text);
      return;
    }
    BodyRewriter active = parser == null ? begin() : parser;
    int start = out.length();
    active.rewrite(text, out);
    skipPassed(out, start);
  }

  private BodyRewriter begin() {
    BodyRewriter active = parsing.get();
    StringBuilder again = new StringBuilder();
    active.rewrite(before, again);
    // The rest is an incomplete tag, which was passed as well.
    passed = before.length() - again.length();
    before = new StringBuilder();
    parser = active;
    return active;
  }

  /** Only a form, or a button of an earlier form, is changed: what was passed is written as is. */
  private void skipPassed(StringBuilder out, int start) {
    int skipped = Math.min(passed, out.length() - start);
    out.delete(start, start + skipped);
    passed -= skipped;
  }

  @Override
  public void end(StringBuilder out) {
    BodyRewriter active = parser;
    if (active == null) {
      withoutForm.run();
      return;
    }
    int start = out.length();
    active.end(out);
    skipPassed(out, start);
  }

  @Override
  public void giveUp(StringBuilder out) {
    BodyRewriter active = parser;
    if (active != null) {
      int start = out.length();
      active.giveUp(out);
      skipPassed(out, start);
    }
  }
}
