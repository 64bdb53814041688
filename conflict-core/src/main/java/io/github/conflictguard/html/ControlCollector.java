package io.github.conflictguard.html;

import io.github.conflictguard.html.OpenField.Control;
import io.github.conflictguard.html.token.StartTag;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the controls of a page and adds them to their forms, with the values that are sent
 * (4.10.21.4). Not safe for use by several threads.
 */
final class ControlCollector {

  /** The estimated size of a control in addition to its value. */
  private static final int CONTROL = 64;

  /** Larger forms are truncated. */
  private static final int MOST_CHARACTERS = 2 * 1024 * 1024;

  /** Input types that are not sent as fields. */
  private static final Set<String> NOT_SENT = new HashSet<>(Arrays.asList("button", "reset"));

  private final PageText page;
  private final PageForms forms;
  private final ControlReader reader;
  private final BarredControls barred = new BarredControls();
  private final StringBuilder written = new StringBuilder();
  private @Nullable OpenSelect select;
  private @Nullable StartTag writing;
  private int kept;

  /**
   * Creates a collector.
   *
   * @param near the text next to controls
   * @param naming whether to collect the visible names of fields
   */
  ControlCollector(PageText page, PageForms forms, Labels labels, NearText near, boolean naming) {
    this.page = page;
    this.forms = forms;
    this.reader = new ControlReader(page, labels, near, naming);
  }

  /** Returns whether the forms exceed the size limit. */
  boolean isOver() {
    return kept > MOST_CHARACTERS;
  }

  /** Returns whether the text of the page is now the value of a control. */
  boolean isReadingValue() {
    return writing != null || (select != null && select.isInOption());
  }

  /** Returns whether the current position is inside of a list. */
  boolean isInSelect() {
    return select != null;
  }

  void startTag(StartTag tag) {
    switch (tag.name()) {
      case "input":
        input(tag);
        break;
      case "textarea":
      case "button":
        endOfControl();
        writing = tag;
        break;
      case "select":
        endOfControl();
        select = new OpenSelect(tag);
        break;
      case "option":
      case "optgroup":
        if (select != null && !isOver()) {
          endOfOption();
          kept += CONTROL;
          select.begin(tag, page.of(tag, "value"), page.of(tag, "label"));
        }
        break;
      default:
        barred.startTag(tag);
    }
  }

  void endTag(String name) {
    switch (name) {
      case "textarea":
      case "button":
      case "select":
        endOfControl();
        break;
      case "option":
        endOfOption();
        break;
      case "optgroup":
        endOfOption();
        if (select != null) {
          select.endOfGroup();
        }
        break;
      default:
        barred.endTag(name);
    }
  }

  /** Reads a character of a value. */
  void value(char c) {
    kept++;
    if (!isOver()) {
      written.append(c);
    }
  }

  /** Reads characters of a value. */
  void value(String part, int from, int to) {
    int room = Math.max(0, MOST_CHARACTERS - kept);
    kept += to - from;
    written.append(part, from, Math.min(to, from + room));
  }

  private void input(StartTag tag) {
    String type = tag.raw("type") == null ? "text" : PageText.lower(tag.raw("type"));
    String value = page.of(tag, "value");
    switch (type) {
      case "hidden":
        add(tag, FieldKind.HIDDEN, value == null ? "" : value, true);
        break;
      case "checkbox":
        add(tag, FieldKind.CHECKBOX, value == null ? "on" : value, tag.has("checked"));
        break;
      case "radio":
        add(tag, FieldKind.RADIO, value == null ? "on" : value, tag.has("checked"));
        break;
      case "password":
        add(tag, FieldKind.PASSWORD, "", false);
        break;
      case "file":
        add(tag, FieldKind.FILE, "", false);
        break;
      case "submit":
        add(tag, FieldKind.SUBMIT, value == null ? "" : value, value != null);
        addButton(tag, page.of(tag, "name"), value);
        break;
      case "image":
        add(tag, FieldKind.SUBMIT, value == null ? "" : value, value != null);
        addImage(tag);
        break;
      default:
        if (!NOT_SENT.contains(type)) {
          add(tag, FieldKind.TEXT, value == null ? "" : value, true);
        }
    }
  }

  /** Ends an element whose content forms the value of a control. */
  void endOfControl() {
    StartTag tag = writing;
    if (tag != null) {
      String content = page.ofContent(written.toString());
      written.setLength(0);
      writing = null;
      if (tag.name().equals("textarea")) {
        add(tag, FieldKind.TEXTAREA, content.replaceFirst("^(\r\n|\n)", ""), true);
      } else if (!NOT_SENT.contains(PageText.lower(tag.raw("type")))) {
        String value = page.of(tag, "value");
        add(tag, FieldKind.SUBMIT, value == null ? "" : value, true, PageText.inOneLine(content));
        addButton(tag, page.of(tag, "name"), value == null ? "" : value);
      }
    }
    OpenSelect ended = select;
    if (ended != null) {
      endOfOption();
      select = null;
      add(
          ended.tag(),
          ended.kind(),
          reader.control(
              ended.tag(), "", ended.chosen(), ended.options(), reader.hint(ended.tag(), "")));
    }
  }

  /** Ends an option of a list. */
  void endOfOption() {
    if (select != null && select.isInOption()) {
      select.endOfOption(PageText.inOneLine(page.ofContent(written.toString())));
      written.setLength(0);
    }
  }

  private void add(StartTag tag, FieldKind kind, String value, boolean sent) {
    add(tag, kind, value, sent, "");
  }

  private void add(StartTag tag, FieldKind kind, String value, boolean sent, String content) {
    String whole = PageText.withNetworkLines(value);
    add(
        tag,
        kind,
        reader.control(
            tag,
            whole,
            sent ? Collections.singletonList(whole) : Collections.emptyList(),
            Collections.emptyList(),
            reader.hint(tag, kind == FieldKind.SUBMIT && content.isEmpty() ? value : content)));
  }

  private void add(StartTag tag, FieldKind kind, Control control) {
    kept += control.value.length();
    add(tag, kind, page.of(tag, "name"), control);
  }

  private void add(StartTag tag, FieldKind kind, @Nullable String name, Control control) {
    if (name != null && !name.isEmpty()) {
      add(tag, form -> form.field(name, kind).add(control));
    }
  }

  private void add(StartTag tag, Consumer<OpenForm> addition) {
    kept += CONTROL;
    if (!barred.contain(tag) && !isOver()) {
      forms.add(page.of(tag, "form"), addition);
    }
  }

  /**
   * Adds a button. An empty address or a missing method leaves that of the form unchanged
   * (4.10.18.6).
   */
  private void addButton(StartTag tag, @Nullable String name, @Nullable String value) {
    String action = page.of(tag, "formaction");
    String method = tag.raw("formmethod");
    FormButton button =
        new FormButton(
            name == null || name.isEmpty() ? null : name,
            value,
            action == null || action.isEmpty() ? null : action.trim(),
            method == null ? null : method.equalsIgnoreCase("post") ? "POST" : "GET");
    add(tag, form -> form.add(button));
  }

  /** Adds an image button, which sends the coordinates of the click (4.10.21.4). */
  private void addImage(StartTag tag) {
    String name = page.of(tag, "name");
    String prefix = name == null || name.isEmpty() ? "" : name + '.';
    Control place =
        reader.control(tag, "1", Collections.singletonList("1"), Collections.emptyList(), "");
    add(tag, FieldKind.SUBMIT, prefix + 'x', place);
    add(tag, FieldKind.SUBMIT, prefix + 'y', place);
    addButton(tag, prefix + 'x', "1");
  }
}
