package io.github.conflictguard.servlet.page;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.merge.Change;
import io.github.conflictguard.merge.LineMerge;
import io.github.conflictguard.merge.MergedField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one field of the page: its controls, and a note about the changes. Not safe for use by
 * several threads.
 */
final class FieldMarkup {

  private final MergedField field;
  private final String id;
  private final boolean typing;
  private final Texts texts;
  private final Markup html;
  private final String note;

  FieldMarkup(MergedField field, int index, boolean typing, Texts texts, Markup html) {
    this.field = field;
    this.id = id(index);
    this.typing = typing;
    this.texts = texts;
    this.html = html;
    this.note = note();
  }

  static String id(int index) {
    return "field-" + (index + 1);
  }

  /** Returns whether one of the versions of a field can be chosen as a whole. */
  static boolean isChoice(MergedField field) {
    return field.isDecisionNeeded() && field.isSingle();
  }

  void write() {
    boolean choice = isChoice(field) && !typing;
    boolean group =
        choice || field.isSet() || field.getKind() == FieldKind.RADIO || values().size() != 1;
    html.tag(group ? "<fieldset" : "<div").attribute("id", id).attribute("class", cssClass());
    html.tag(">\n");
    name(group);
    if (!note.isEmpty()) {
      html.tag("<p class=\"note\"").attribute("id", id + "-note").tag(">");
      html.text(note).tag("</p>\n");
    }
    if (choice) {
      choices();
    } else {
      controls();
      otherVersions();
    }
    html.tag(group ? "</fieldset>\n" : "</div>\n");
  }

  private void name(boolean group) {
    if (group) {
      // A single check box has its label next to it.
      html.tag(
          field.isSet() && field.getOptions().size() == 1
              ? "<legend class=\"unseen\">"
              : "<legend>");
    } else {
      html.tag("<label").attribute("for", id + "-value").tag(">");
    }
    html.text(field.getLabel()).tag(group ? "</legend>\n" : "</label>\n");
  }

  private String cssClass() {
    if (field.isDecisionNeeded()) {
      return "field decide";
    }
    switch (field.getChange()) {
      case BOTH:
      case ONLY_THEIRS:
        return "field theirs";
      case ONLY_YOURS:
        return "field yours";
      default:
        return "field";
    }
  }

  private String note() {
    if (field.getKind() == FieldKind.PASSWORD) {
      return texts.get("field.password");
    }
    if (field.getKind() == FieldKind.FILE) {
      return texts.get("field.file");
    }
    if (field.isDecisionNeeded()) {
      boolean partly = !LineMerge.equal(field.getYours(), field.getProposal());
      return texts.get(
          field.getStarted() == null ? "field.different" : partly ? "field.overlap" : "field.both");
    }
    switch (field.getChange()) {
      case BOTH:
        return texts.get("field.combined");
      case ONLY_YOURS:
        return texts.get("field.yours");
      case ONLY_THEIRS:
        return texts.get("field.theirs");
      default:
        return "";
    }
  }

  /** Returns the values that are shown initially. */
  private List<String> values() {
    if (MergedField.isNeverShown(field.getKind())) {
      return Collections.singletonList("");
    }
    return field.getProposal();
  }

  private void choices() {
    List<String> shown = new ArrayList<>();
    String yours = field.getYours().get(0);
    String proposal = field.getProposal().get(0);
    boolean combined = !LineMerge.equal(field.getYours(), field.getProposal());
    if (combined) {
      choice("field.combined-value", proposal, null, true);
    }
    choice("field.your-value", yours, field.getCurrent(), !combined);
    shown.add(yours);
    List<String> current = field.getCurrent();
    if (current != null) {
      choice("field.current-value", current.get(0), field.getYours(), false);
      shown.add(current.get(0));
    }
    List<String> started = field.getStarted();
    if (started != null && !shown.contains(started.get(0))) {
      choice("field.started-value", started.get(0), field.getYours(), false);
    }
  }

  private void choice(String caption, String value, @Nullable List<String> other, boolean checked) {
    html.tag("<label class=\"choice\"><input type=\"radio\"")
        .attribute("name", field.getName())
        .attribute("value", value)
        .tag(checked ? " checked" : "");
    describe();
    html.tag("> <span class=\"who\">").text(texts.get(caption)).tag("</span>\n");
    version(value, other);
    html.tag("</label>\n");
  }

  private void controls() {
    switch (field.getKind()) {
      case CHECKBOX:
      case SELECT_MANY:
        options("checkbox");
        break;
      case RADIO:
        options("radio");
        break;
      case SELECT_ONE:
        values().forEach(this::select);
        break;
      case TEXTAREA:
        values().forEach(this::textArea);
        break;
      case PASSWORD:
        input("password", "");
        break;
      case FILE:
        input("file", "");
        break;
      default:
        values().forEach(value -> input("text", value));
    }
  }

  private void input(String type, String value) {
    html.tag("<input").attribute("type", type);
    nameAndId();
    if (!type.equals("file")) {
      html.attribute("value", value).tag(" dir=\"auto\" autocomplete=\"off\"");
    }
    html.tag(">\n");
  }

  private void textArea(String value) {
    int rows = Math.max(3, Math.min(16, LineMerge.of(value).size() + 1));
    html.tag("<textarea").attribute("rows", String.valueOf(rows)).tag(" dir=\"auto\"");
    nameAndId();
    // A parser removes the first line end (HTML, 13.1.2.5).
    html.tag(">\n").text(LineMerge.unified(value)).tag("</textarea>\n");
  }

  private void select(String value) {
    html.tag("<select");
    nameAndId();
    html.tag(">\n");
    for (FieldOption option : field.getOptions()) {
      html.tag("<option").attribute("value", option.value());
      html.tag(option.value().equals(value) ? " selected>" : ">");
      html.text(field.textOf(option.value())).tag("</option>\n");
    }
    html.tag("</select>\n");
  }

  private void nameAndId() {
    html.attribute("name", field.getName());
    if (values().size() == 1) {
      html.attribute("id", id + "-value");
    } else {
      html.attribute("aria-label", field.getLabel());
    }
    describe();
  }

  private void describe() {
    if (!note.isEmpty()) {
      html.attribute("aria-describedby", id + "-note");
    }
  }

  private void options(String type) {
    new OptionsMarkup(field, texts, html).write(type, note.isEmpty() ? "" : id + "-note");
  }

  /** Adds the versions that the control does not show. Options show theirs themselves. */
  private void otherVersions() {
    boolean many = field.isSet() || field.getKind() == FieldKind.RADIO;
    boolean changed = field.getChange() != Change.SAME && field.getChange() != Change.UNKNOWN;
    if (many || !changed || MergedField.isNeverShown(field.getKind())) {
      return;
    }
    Markup versions = new Markup();
    List<String> started = field.getStarted();
    if (field.getChange() == Change.BOTH
        && !LineMerge.equal(field.getYours(), field.getProposal())) {
      row("field.your-value", field.getYours(), started, versions);
    }
    if (field.getChange() == Change.BOTH) {
      row(
          "field.current-value",
          field.getCurrent(),
          started == null ? field.getYours() : started,
          versions);
    }
    if (!field.isCombined()) {
      row("field.started-value", started, field.getProposal(), versions);
    }
    if (!versions.isEmpty()) {
      html.tag("<dl class=\"versions\">\n").add(versions).tag("</dl>\n");
    }
  }

  private void row(
      String caption, @Nullable List<String> values, @Nullable List<String> other, Markup list) {
    if (values == null) {
      return;
    }
    list.tag("<dt>").text(texts.get(caption)).tag("</dt>\n");
    if (values.isEmpty()) {
      list.tag("<dd>");
      new VersionMarkup(texts, list).write("", null);
      list.tag("</dd>\n");
    }
    for (String value : values) {
      list.tag("<dd>");
      new VersionMarkup(texts, list).write(field.textOf(value), reference(other, values));
      list.tag("</dd>\n");
    }
  }

  private void version(String value, @Nullable List<String> other) {
    List<String> started = field.getStarted();
    boolean old = started != null && started.contains(value);
    new VersionMarkup(texts, html)
        .write(
            field.textOf(value),
            reference(started == null || old ? other : started, Collections.singletonList(value)));
  }

  private @Nullable String reference(@Nullable List<String> other, List<String> values) {
    return field.isTyped() && other != null && other.size() == 1 && values.size() == 1
        ? other.get(0)
        : null;
  }
}
