package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.page.Markup;
import io.github.conflictguard.servlet.page.Page;
import io.github.conflictguard.servlet.page.ProblemText;
import io.github.conflictguard.servlet.page.Texts;
import org.jspecify.annotations.Nullable;

/** The page for a user whose request was not a form that can be shown again. */
final class ProblemPage {

  private ProblemPage() {}

  /**
   * Returns the page.
   *
   * @param back the address of the page from which the request was sent; null when it is not known
   */
  static byte[] write(ProblemDetail problem, Texts texts, @Nullable String back) {
    Markup content =
        ProblemText.of(problem, texts, back)
            .tag("<p class=\"last\">")
            .text(texts.get("problem.back"))
            .tag("</p>\n");
    if (back != null) {
      content.tag("<p class=\"current\"><a").attribute("href", back).tag(">");
      content.text(texts.get("problem.link")).tag("</a></p>\n");
    }
    content
        .tag("<p><small>")
        .text(texts.get("problem.reference", problem.instance()))
        .tag("</small></p>\n");
    return Page.write(texts, texts.title(problem.type()), content);
  }
}
