package io.github.conflictguard.servlet.page;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemDetail;
import org.jspecify.annotations.Nullable;

/** What every page says of a problem. Not safe for use by several threads. */
public final class ProblemText {

  private final ProblemDetail problem;
  private final Texts texts;
  private final Markup html = new Markup();

  private ProblemText(ProblemDetail problem, Texts texts) {
    this.problem = problem;
    this.texts = texts;
  }

  /** The explanation, what is known of this occurrence, and what can be done. */
  public static Markup of(ProblemDetail problem, Texts texts) {
    return new ProblemText(problem, texts).write();
  }

  private Markup write() {
    html.tag("<p>").text(texts.detail(problem.type())).tag("</p>\n");
    Markup list = new Markup();
    appendDetail(texts.get("problem.field"), problem.field(), list);
    appendDetail(texts.get("problem.state"), problem.state(), list);
    if (!problem.allowedTransitions().isEmpty()) {
      String allowed = String.join(", ", problem.allowedTransitions());
      appendDetail(texts.get("problem.transitions"), allowed, list);
    }
    appendDetail(texts.get("problem.rule"), problem.rule(), list);
    problem.facts().forEach((name, fact) -> appendDetail(name, fact, list));
    if (!list.isEmpty()) {
      html.tag("<dl>\n").add(list).tag("</dl>\n");
    }
    html.tag("<h2>").text(texts.get("problem.actions")).tag("</h2>\n<ul>\n");
    for (Action action : problem.type().actions()) {
      html.tag("<li>").text(texts.title(action)).tag("</li>\n");
    }
    return html.tag("</ul>\n");
  }

  private static void appendDetail(String name, @Nullable String value, Markup list) {
    if (value != null) {
      list.tag("<dt>").text(name).tag("</dt><dd>").text(value).tag("</dd>\n");
    }
  }
}
