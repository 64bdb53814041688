package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.page.Markup;
import io.github.conflictguard.servlet.page.Page;
import io.github.conflictguard.servlet.page.Texts;
import org.jspecify.annotations.Nullable;

/** The page that a person gets who has not sent a form that can be shown again. */
final class ProblemPage {

  private ProblemPage() {}

  static byte[] write(ProblemDetail problem, Texts texts) {
    ProblemType type = problem.type();
    Markup content = new Markup().tag("<p>").text(texts.detail(type)).tag("</p>\n");
    content.add(details(problem, texts));
    content.tag("<h2>").text(texts.get("problem.actions")).tag("</h2>\n<ul>\n");
    for (Action action : type.actions()) {
      content.tag("<li>").text(texts.title(action)).tag("</li>\n");
    }
    content
        .tag("</ul>\n<p class=\"last\">")
        .text(texts.get("problem.back"))
        .tag("</p>\n<p><small>")
        .text(texts.get("problem.reference", problem.instance()))
        .tag("</small></p>\n");
    return Page.write(texts, texts.title(type), content);
  }

  private static Markup details(ProblemDetail problem, Texts texts) {
    Markup list = new Markup();
    appendDetail(texts.get("problem.field"), problem.field(), list);
    appendDetail(texts.get("problem.state"), problem.state(), list);
    if (!problem.allowedTransitions().isEmpty()) {
      String allowed = String.join(", ", problem.allowedTransitions());
      appendDetail(texts.get("problem.transitions"), allowed, list);
    }
    appendDetail(texts.get("problem.rule"), problem.rule(), list);
    problem.facts().forEach((name, fact) -> appendDetail(name, fact, list));
    return list.isEmpty() ? list : new Markup().tag("<dl>\n").add(list).tag("</dl>\n");
  }

  private static void appendDetail(String name, @Nullable String value, Markup list) {
    if (value != null) {
      list.tag("<dt>").text(name).tag("</dt><dd>").text(value).tag("</dd>\n");
    }
  }
}
