package io.github.conflictguard.servlet.page;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemDetail;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text about a problem that all pages share. Not safe for use by several threads. */
public final class ProblemText {

  /** The actions that consist of loading the page of the record. */
  private static final Set<Action> LOADING =
      EnumSet.of(Action.REFRESH_STATE, Action.SEND_PRECONDITION, Action.CORRECT_HEADER);

  private final ProblemDetail problem;
  private final Texts texts;
  private final @Nullable String page;
  private final boolean newTab;
  private final Markup html = new Markup();

  private ProblemText(ProblemDetail problem, Texts texts, @Nullable String page, boolean newTab) {
    this.newTab = newTab;
    this.problem = problem;
    this.texts = texts;
    this.page = page;
  }

  /** Returns the explanation, the details of this occurrence, and the possible actions. */
  public static Markup of(ProblemDetail problem, Texts texts) {
    return of(problem, texts, null);
  }

  /**
   * Returns the same text with a link to the page to be loaded.
   *
   * @param page the address of the page that shows the record; null when it is not known
   */
  public static Markup of(ProblemDetail problem, Texts texts, @Nullable String page) {
    return new ProblemText(problem, texts, page, false).write();
  }

  /**
   * Returns the same text for a page with a form, whose typed values must not be lost by following
   * the link.
   */
  public static Markup besideForm(ProblemDetail problem, Texts texts, @Nullable String page) {
    return new ProblemText(problem, texts, page, true).write();
  }

  private Markup write() {
    html.tag("<p>").text(texts.detail(problem.type())).tag("</p>\n");
    String earlier = EarlierWriteText.of(problem, texts);
    if (earlier != null) {
      html.tag("<p>").text(earlier).tag("</p>\n");
    }
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
      html.tag("<li>");
      if (page != null && LOADING.contains(action)) {
        html.tag("<a")
            .attribute("href", page)
            .tag(newTab ? " target=\"_blank\" rel=\"noopener\">" : ">");
        html.text(texts.title(action)).tag("</a>");
      } else {
        html.text(texts.title(action));
      }
      html.tag("</li>\n");
    }
    return html.tag("</ul>\n");
  }

  private static void appendDetail(String name, @Nullable String value, Markup list) {
    if (value != null) {
      list.tag("<dt>").text(name).tag("</dt><dd>").text(value).tag("</dd>\n");
    }
  }
}
