package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.page.Markup;
import io.github.conflictguard.servlet.page.Page;
import io.github.conflictguard.servlet.page.ProblemText;
import io.github.conflictguard.servlet.page.Texts;

/** The page that a person gets who has not sent a form that can be shown again. */
final class ProblemPage {

  private ProblemPage() {}

  static byte[] write(ProblemDetail problem, Texts texts) {
    Markup content =
        ProblemText.of(problem, texts)
            .tag("<p class=\"last\">")
            .text(texts.get("problem.back"))
            .tag("</p>\n<p><small>")
            .text(texts.get("problem.reference", problem.instance()))
            .tag("</small></p>\n");
    return Page.write(texts, texts.title(problem.type()), content);
  }
}
