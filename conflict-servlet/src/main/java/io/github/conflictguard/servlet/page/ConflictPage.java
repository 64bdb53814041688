package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.HiddenField;
import io.github.conflictguard.merge.MergedField;
import io.github.conflictguard.merge.MergedForm;
import io.github.conflictguard.merge.PressedButton;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page on which users merge their changes with those of others.
 *
 * <p>It is a form like the one that was sent: every control has the name of the application's
 * field, and the visible value is the one that is sent. Neither a script in the browser nor the
 * filter has to assemble anything when the form is sent back. A choice between two texts is a group
 * of radio buttons whose values are those texts. Not safe for use by several threads.
 */
public final class ConflictPage {

  private final MergedForm form;
  private final SaveAgain save;
  private final ProblemDetail problem;
  private final Circumstances circumstances;
  private final Texts texts;
  private final Markup html = new Markup();

  private ConflictPage(
      MergedForm form,
      SaveAgain save,
      ProblemDetail problem,
      Circumstances circumstances,
      Texts texts) {
    this.form = form;
    this.save = save;
    this.problem = problem;
    this.circumstances = circumstances;
    this.texts = circumstances.cause.isByOthers() ? texts : texts.neutral();
  }

  static byte[] write(MergedForm form, SaveAgain save, ProblemDetail problem, Texts texts) {
    return write(form, save, problem, Circumstances.USUAL, texts);
  }

  /** Returns the page for a refused form, encoded for the response body. */
  public static byte[] write(
      MergedForm form,
      SaveAgain save,
      ProblemDetail problem,
      Circumstances circumstances,
      Texts texts) {
    return new ConflictPage(form, save, problem, circumstances, texts).write();
  }

  private byte[] write() {
    html.tag("<div class=\"lead\">\n");
    if (!save.isPossible()) {
      paragraph(texts.get(save.isDeleted() ? "form.gone" : "form.no-form"));
      currentPage("form.gone-open", " target=\"_blank\" rel=\"noopener\"");
    } else if (isStale(problem.type())) {
      if (circumstances.cause == StaleCause.UNKNOWN) {
        paragraph(texts.get("form.unknown"));
      }
      String earlier = EarlierWriteText.of(problem, circumstances.cause, texts);
      if (earlier != null) {
        paragraph(earlier);
      }
      paragraph(texts.get("form.nothing-lost"));
      paragraph(whatToDo());
      if (!form.isCompared()) {
        // Opens in another window: this page contains the typed values.
        currentPage("form.open", " target=\"_blank\" rel=\"noopener\"");
      }
      summary();
    } else {
      html.add(ProblemText.besideForm(problem, texts, save.getCurrentPage()));
      boolean required = problem.type() == ProblemType.PRECONDITION_REQUIRED;
      if (required && form.isCompared()) {
        paragraph(texts.get("form.nothing-lost"));
        paragraph(whatToDo());
        summary();
      } else {
        html.tag("<p class=\"last\">");
        html.text(texts.get(required ? "form.required" : "form.still-here")).tag("</p>\n");
      }
    }
    html.tag("</div>\n");
    form();
    html.tag("<p class=\"last\"><small>")
        .text(texts.get("problem.reference", problem.instance()))
        .tag("</small></p>\n");
    String title = title(problem.type(), save, circumstances, texts);
    return Page.write(texts, title, circumstances.about(), html);
  }

  /** Returns the title of the page for a problem, in the language of the texts. */
  public static String title(
      ProblemType type, SaveAgain save, Circumstances circumstances, Texts texts) {
    if (!save.isPossible()) {
      return texts.get(save.isDeleted() ? "form.gone-title" : "form.no-form-title");
    }
    return isStale(type) ? texts.get(circumstances.cause.title()) : texts.title(type);
  }

  private static boolean isStale(ProblemType type) {
    return type.kind().equals(ProblemType.STALE_VERSION.kind());
  }

  private String whatToDo() {
    if (!form.isCompared()) {
      return texts.get("form.not-compared");
    }
    int decisions = form.getDecisions().size();
    if (decisions == 0) {
      return texts.get("form.combined");
    }
    boolean started = form.getFields().stream().anyMatch(field -> field.getStarted() != null);
    String key = !started ? "form.different" : save.isTyping() ? "form.type" : "form.decide";
    return texts.get(decisions == 1 ? key + "-one" : key + "-several", decisions);
  }

  private void paragraph(String text) {
    html.tag("<p>").text(text).tag("</p>\n");
  }

  /** Adds links to the fields that need attention, on pages where they are hard to find. */
  private void summary() {
    List<MergedField> decisions = form.getDecisions();
    if (decisions.isEmpty() || form.getFields().size() < 5) {
      return;
    }
    html.tag("<ul class=\"jump\">\n");
    for (int i = 0; i < form.getFields().size(); i++) {
      MergedField field = form.getFields().get(i);
      if (field.isDecisionNeeded()) {
        html.tag("<li><a").attribute("href", "#" + FieldMarkup.id(i)).tag(">");
        html.text(field.getLabel()).tag("</a></li>\n");
      }
    }
    html.tag("</ul>\n");
  }

  private void form() {
    html.tag("<form method=\"post\" novalidate")
        .attribute("action", save.getAction())
        .attribute("enctype", save.getEnctype());
    String charset = save.getCharset();
    if (charset != null) {
      html.attribute("accept-charset", charset);
    }
    html.tag(">\n");
    save.getTokens().forEach(this::hidden);
    form.getHidden().forEach(this::hidden);
    new FieldsMarkup(form.getFields(), save.isTyping(), texts, html).write();
    if (save.isPossible()) {
      buttons();
    }
    html.tag("</form>\n");
  }

  private void hidden(HiddenField field) {
    html.tag("<input type=\"hidden\"")
        .attribute("name", field.getName())
        .attribute("value", field.getValue())
        .tag(">\n");
  }

  /** Adds the buttons. The Enter key activates the first one. */
  private void buttons() {
    html.tag("<div class=\"buttons\">\n<button class=\"main\"");
    PressedButton pressed = form.getButton();
    if (pressed != null) {
      html.attribute("name", pressed.getName()).attribute("value", pressed.getValue());
    }
    html.tag(">").text(caption(pressed)).tag("</button>\n");
    String typeAction = save.getTypeAction();
    if (typeAction != null && !save.isTyping() && hasChoices()) {
      html.tag("<button").attribute("formaction", typeAction).tag(">");
      html.text(texts.get("form.type-instead")).tag("</button>\n");
    }
    html.tag("</div>\n");
    if (form.isCompared() || !isStale(problem.type())) {
      currentPage("form.drop", "");
    }
  }

  private String caption(@Nullable PressedButton pressed) {
    String label = pressed == null ? null : pressed.getLabel();
    return label == null || label.trim().isEmpty() ? texts.get("form.save") : label;
  }

  private boolean hasChoices() {
    return form.getDecisions().stream().anyMatch(FieldMarkup::isChoice);
  }

  private void currentPage(String caption, String attributes) {
    String page = save.getCurrentPage();
    if (page != null) {
      html.tag("<p class=\"current\"><a").attribute("href", page).tag(attributes).tag(">");
      html.text(texts.get(caption)).tag("</a></p>\n");
    }
  }
}
