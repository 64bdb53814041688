package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The page that a person gets: self-contained, without script. */
final class ProblemPage {

  private static final String STYLE =
      "body{margin:0;background:#f4f5f7;color:#1d2330;font:1.05rem/1.55 system-ui,sans-serif}"
          + "main{max-width:38rem;margin:8vh auto;padding:2rem 2.5rem;background:#fff;"
          + "border:1px solid #d9dde5;border-top:.35rem solid #b4540a;border-radius:.5rem}"
          + "h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25}"
          + "small{color:#596175;overflow-wrap:anywhere}";

  private ProblemPage() {}

  static String write(ProblemDetail problem) {
    ProblemType type = problem.type();
    StringBuilder page = new StringBuilder(2048);
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(escape(type.title()))
        .append("</title>\n<style>")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n<h1>")
        .append(escape(type.title()))
        .append("</h1>\n<p>")
        .append(escape(type.detail()))
        .append("</p>\n");
    appendDetails(problem, page);
    page.append("<p>What you can do:</p>\n<ul>\n");
    for (Action action : type.actions()) {
      page.append("<li>").append(escape(action.title())).append("</li>\n");
    }
    return page.append("</ul>\n")
        .append("<p>Your browser's Back button takes you to what you have entered.</p>\n")
        .append("<p><small>Reference for support: ")
        .append(escape(problem.instance()))
        .append("</small></p>\n</main>\n</body>\n</html>\n")
        .toString();
  }

  private static void appendDetails(ProblemDetail problem, StringBuilder page) {
    StringBuilder list = new StringBuilder();
    appendDetail("Field", problem.field(), list);
    appendDetail("State", problem.state(), list);
    if (!problem.allowedTransitions().isEmpty()) {
      appendDetail("Possible now", String.join(", ", problem.allowedTransitions()), list);
    }
    appendDetail("Rule", problem.rule(), list);
    problem.facts().forEach((name, fact) -> appendDetail(name, fact, list));
    if (list.length() > 0) {
      page.append("<dl>\n").append(list).append("</dl>\n");
    }
  }

  private static void appendDetail(String name, @Nullable String value, StringBuilder list) {
    if (value != null) {
      list.append("<dt>").append(escape(name)).append("</dt><dd>");
      list.append(escape(value)).append("</dd>\n");
    }
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&':
          escaped.append("&amp;");
          break;
        case '<':
          escaped.append("&lt;");
          break;
        case '>':
          escaped.append("&gt;");
          break;
        case '"':
          escaped.append("&quot;");
          break;
        case '\'':
          escaped.append("&#39;");
          break;
        default:
          escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
