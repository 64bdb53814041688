package io.github.conflictguard.html;

import io.github.conflictguard.html.Labels.Label;
import io.github.conflictguard.html.OpenField.Control;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the forms of a page from its tags. Not safe for use by several threads.
 *
 * <p>Which elements belong to a form, and which values are sent, follows the HTML standard
 * (4.10.18.3 and 4.10.21.4).
 */
public final class FormCollector implements HtmlListener {

  /** The estimated size of a control in addition to its value. */
  private static final int CONTROL = 64;

  private static final int LONGEST_TITLE = 400;

  /** Larger forms are truncated. */
  private static final int MOST_CHARACTERS = 2 * 1024 * 1024;

  /** Input types that are not sent as fields. */
  private static final Set<String> NOT_SENT = new HashSet<>(Arrays.asList("button", "reset"));

  private final UnaryOperator<String> decode;
  private final boolean naming;
  private final Supplier<@Nullable Charset> charset;
  private final List<OpenForm> forms = new ArrayList<>();

  /** The indexes of the forms by their ids; the first form with an id wins. */
  private final Map<String, Integer> places = new HashMap<>();

  private final List<Later> referring = new ArrayList<>();
  private final Labels labels = new Labels();
  private final NearText near;
  private final StringBuilder title = new StringBuilder();
  private boolean inTitle;
  private final Deque<Boolean> fieldsets = new ArrayDeque<>();
  private @Nullable OpenForm open;
  private @Nullable String base;
  private @Nullable Label label;
  private @Nullable OpenSelect select;
  private @Nullable StartTag writing;
  private final StringBuilder written = new StringBuilder();
  private int kept;
  private int templates;
  private boolean inNoscript;

  /** Whether the open form is intended for browsers without scripts. */
  private boolean forNoscript;

  private int datalists;
  private int legends;
  private int disabledFieldsets;

  /**
   * Creates a collector.
   *
   * @param decode decodes the characters that were given to the tokenizer
   * @param charset supplies the charset of the page, or null, when a form begins
   * @param naming whether to collect the visible names of the page and its fields
   */
  public FormCollector(
      UnaryOperator<String> decode, Supplier<@Nullable Charset> charset, boolean naming) {
    this.decode = decode;
    this.naming = naming;
    this.charset = charset;
    this.near = new NearText(decode);
  }

  /**
   * Returns the forms so far, in document order. Forms that are still open are included as they
   * are.
   */
  public List<FormSnapshot> forms() {
    endOfControl();
    for (Later later : referring) {
      Integer place = places.get(later.form);
      if (place != null) {
        later.addTo(forms.get(place));
      }
    }
    referring.clear();
    List<FormSnapshot> closed = new ArrayList<>();
    String name = title();
    forms.forEach(form -> closed.add(form.close(labels).titled(name)));
    return closed;
  }

  /** Returns the start tag of the open form; null when no form is open. */
  public @Nullable FormStartTag open() {
    return open == null ? null : open.start();
  }

  /** Returns the most recent form with the fields found so far; null when there is none. */
  public @Nullable FormSnapshot last() {
    return forms.isEmpty() ? null : forms.get(forms.size() - 1).close(labels);
  }

  /** Returns the form to which an element that starts now belongs; null when none is known yet. */
  public @Nullable FormStartTag ownerOf(StartTag tag) {
    int place = placeOfOwner(tag);
    return place < 0 ? null : forms.get(place).start();
  }

  /**
   * Returns the zero-based index of the form to which an element belongs; negative when it belongs
   * to none.
   */
  public int placeOfOwner(StartTag tag) {
    String id = text(tag, "form");
    if (id == null) {
      return open == null ? -1 : forms.size() - 1;
    }
    return places.getOrDefault(id, -1);
  }

  /** Returns the title of the page; null when it has none. */
  private @Nullable String title() {
    String text = Labels.text(title.toString(), decode);
    return text.isEmpty() ? null : text;
  }

  /** Returns the base URL of the page; null when it declares none. */
  public @Nullable String base() {
    return base;
  }

  /** Returns whether the forms exceed the size limit. */
  public boolean isOver() {
    return kept > MOST_CHARACTERS;
  }

  /** Returns the number of forms that have begun. */
  public int count() {
    return forms.size();
  }

  /**
   * Returns whether the current position is inside a template, which is not part of the page, or
   * inside a part for browsers without scripts within a form for all browsers.
   */
  public boolean isInert() {
    return templates > 0 || (inNoscript && open != null && !forNoscript);
  }

  @Override
  public void startTag(StartTag tag) {
    if (tag.name().equals("template")) {
      templates++;
    }
    if (tag.name().equals("noscript")) {
      inNoscript = true;
    }
    if (isInert()) {
      return;
    }
    if (naming) {
      near.startTag(tag, span(tag));
    }
    switch (tag.name()) {
      case "title":
        inTitle = naming && title.length() == 0;
        break;
      case "base":
        base = base == null ? text(tag, "href") : base;
        break;
      case "form":
        beginForm(tag);
        break;
      case "label":
        closeLabel();
        label = naming ? labels.begin(text(tag, "for")) : null;
        break;
      case "fieldset":
        fieldsets.push(tag.has("disabled"));
        disabledFieldsets += tag.has("disabled") ? 1 : 0;
        break;
      case "legend":
        legends++;
        break;
      case "datalist":
        datalists++;
        break;
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
          select.begin(tag, text(tag, "value"), text(tag, "label"));
        }
        break;
      default:
    }
  }

  @Override
  public void endTag(String name) {
    if (name.equals("template")) {
      templates = Math.max(0, templates - 1);
    }
    if (name.equals("noscript")) {
      endOfNoscript();
    }
    if (isInert()) {
      return;
    }
    if (naming && !name.equals("label")) {
      near.endTag(name);
    }
    switch (name) {
      case "title":
        inTitle = false;
        break;
      case "form":
        endOfControl();
        open = null;
        break;
      case "label":
        closeLabel();
        break;
      case "fieldset":
        disabledFieldsets -= Boolean.TRUE.equals(fieldsets.poll()) ? 1 : 0;
        break;
      case "legend":
        legends = Math.max(0, legends - 1);
        break;
      case "datalist":
        datalists = Math.max(0, datalists - 1);
        break;
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
    }
  }

  @Override
  public void text(char c) {
    if (isInert()) {
      return;
    }
    if (writing != null || (select != null && select.isInOption())) {
      kept++;
      if (!isOver()) {
        written.append(c);
      }
    } else if (inTitle) {
      if (title.length() < LONGEST_TITLE) {
        title.append(c);
      }
    } else if (select == null && naming) {
      near.text(c);
      if (label != null) {
        label.append(c);
      }
    }
  }

  @Override
  public void text(String part, int from, int to) {
    if (isInert()) {
      return;
    }
    if (writing != null || (select != null && select.isInOption())) {
      int room = Math.max(0, MOST_CHARACTERS - kept);
      kept += to - from;
      written.append(part, from, Math.min(to, from + room));
    } else if (inTitle) {
      title.append(part, from, Math.min(to, from + LONGEST_TITLE - title.length()));
    } else if (select == null && naming) {
      near.text(part, from, to);
      if (label != null) {
        label.append(part, from, to);
      }
    }
  }

  private void beginForm(StartTag tag) {
    // Forms cannot be nested (13.2.6.4.7).
    if (open == null) {
      open = new OpenForm(new FormStartTag(tag, this::resolved, base, charset.get()));
      if (open.start().id != null) {
        places.putIfAbsent(open.start().id, forms.size());
      }
      forms.add(open);
      forNoscript = inNoscript;
    }
  }

  /**
   * Ends {@code noscript} and discards a form that began inside of it: browsers with scripts do not
   * see it.
   */
  private void endOfNoscript() {
    if (inNoscript && forNoscript && open != null) {
      endOfControl();
      open = null;
    }
    inNoscript = false;
  }

  private void closeLabel() {
    if (label != null) {
      label.close(decode);
      near.endOfLabel(label.id());
      label = null;
    }
  }

  private void input(StartTag tag) {
    String type = tag.raw("type") == null ? "text" : lower(tag.raw("type"));
    String value = text(tag, "value");
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
        addButton(tag, text(tag, "name"), value);
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
  private void endOfControl() {
    StartTag tag = writing;
    if (tag != null) {
      String content = resolved(written.toString(), false);
      written.setLength(0);
      writing = null;
      if (tag.name().equals("textarea")) {
        add(tag, FieldKind.TEXTAREA, content.replaceFirst("^(\r\n|\n)", ""), true);
      } else if (!NOT_SENT.contains(lower(tag.raw("type")))) {
        String value = text(tag, "value");
        add(tag, FieldKind.SUBMIT, value == null ? "" : value, true, inOneLine(content));
        addButton(tag, text(tag, "name"), value == null ? "" : value);
      }
    }
    OpenSelect ended = select;
    if (ended != null) {
      endOfOption();
      select = null;
      add(
          ended.tag(),
          ended.kind(),
          control(ended.tag(), "", ended.chosen(), ended.options(), hint(ended.tag(), "")));
    }
  }

  private void endOfOption() {
    if (select != null && select.isInOption()) {
      select.endOfOption(inOneLine(resolved(written.toString(), false)));
      written.setLength(0);
    }
  }

  private void add(StartTag tag, FieldKind kind, String value, boolean sent) {
    add(tag, kind, value, sent, "");
  }

  private void add(StartTag tag, FieldKind kind, String value, boolean sent, String content) {
    String whole = withNetworkLines(value);
    add(
        tag,
        kind,
        control(
            tag,
            whole,
            sent ? Collections.singletonList(whole) : Collections.emptyList(),
            Collections.emptyList(),
            hint(tag, kind == FieldKind.SUBMIT && content.isEmpty() ? value : content)));
  }

  private Control control(
      StartTag tag,
      String value,
      List<String> values,
      List<FieldOption> options,
      @Nullable String hint) {
    String own = text(tag, "aria-label");
    return new Control(
        text(tag, "id"),
        own == null || own.trim().isEmpty() ? null : inOneLine(own),
        spot(tag),
        hint,
        value,
        values,
        options,
        label);
  }

  /** Returns the position of a control among the text of the page, if users see it. */
  private NearText.Spot spot(StartTag tag) {
    if (!naming) {
      return NearText.Spot.NONE;
    }
    String type = tag.name().equals("input") ? lower(tag.raw("type")) : tag.name();
    switch (type) {
      case "hidden":
      case "submit":
      case "image":
      case "button":
        return NearText.Spot.NONE;
      case "checkbox":
      case "radio":
        return near.control(true, text(tag, "id"));
      default:
        return near.control(false, null);
    }
  }

  /** Returns the number of table columns that an element spans. */
  private int span(StartTag tag) {
    String columns = tag.raw("colspan");
    return columns != null && columns.trim().matches("[1-9][0-9]?")
        ? Integer.parseInt(columns.trim())
        : 1;
  }

  private void add(StartTag tag, FieldKind kind, Control control) {
    kept += control.value.length();
    add(tag, kind, text(tag, "name"), control);
  }

  private void add(StartTag tag, FieldKind kind, @Nullable String name, Control control) {
    if (name != null && !name.isEmpty()) {
      add(tag, form -> form.field(name, kind).add(control));
    }
  }

  private void add(StartTag tag, Consumer<OpenForm> addition) {
    kept += CONTROL;
    if (datalists > 0 || isDisabled(tag) || isOver()) {
      return;
    }
    String owner = text(tag, "form");
    if (owner != null) {
      referring.add(new Later(owner, addition));
    } else if (open != null) {
      addition.accept(open);
    }
  }

  /**
   * Adds a button. An empty address or a missing method leaves that of the form unchanged
   * (4.10.18.6).
   */
  private void addButton(StartTag tag, @Nullable String name, @Nullable String value) {
    String action = text(tag, "formaction");
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
    String name = text(tag, "name");
    String prefix = name == null || name.isEmpty() ? "" : name + '.';
    Control place = control(tag, "1", Collections.singletonList("1"), Collections.emptyList(), "");
    add(tag, FieldKind.SUBMIT, prefix + 'x', place);
    add(tag, FieldKind.SUBMIT, prefix + 'y', place);
    addButton(tag, prefix + 'x', "1");
  }

  /**
   * Returns whether a control is disabled. Controls in the legend of a disabled field set are not.
   */
  private boolean isDisabled(StartTag tag) {
    return tag.has("disabled") || (disabledFieldsets > 0 && legends == 0);
  }

  private @Nullable String hint(StartTag tag, String content) {
    if (!content.isEmpty()) {
      return content;
    }
    for (String attribute : new String[] {"placeholder", "title", "alt"}) {
      String text = text(tag, attribute);
      if (text != null && !text.trim().isEmpty()) {
        return inOneLine(text);
      }
    }
    return null;
  }

  /** Returns the value of an attribute; null when there is none. */
  public @Nullable String text(StartTag tag, String attribute) {
    String raw = tag.raw(attribute);
    return raw == null ? null : resolved(raw);
  }

  private String resolved(String raw) {
    return resolved(raw, true);
  }

  private String resolved(String raw, boolean inAttribute) {
    return CharacterReferences.resolve(decode.apply(raw), inAttribute);
  }

  private static String inOneLine(String text) {
    return text.replaceAll("[ \t\n\r\f]+", " ").trim();
  }

  /** Returns a text with CR LF as line ends, as forms send it (4.10.21.7). */
  private static String withNetworkLines(String text) {
    return text.replaceAll("\r\n?|\n", "\r\n");
  }

  private static String lower(@Nullable String keyword) {
    return keyword == null ? "" : keyword.toLowerCase(Locale.ROOT);
  }

  /** An element that names the form it belongs to. */
  private static final class Later {

    final String form;
    private final Consumer<OpenForm> addition;

    Later(String form, Consumer<OpenForm> addition) {
      this.form = form;
      this.addition = addition;
    }

    void addTo(OpenForm owner) {
      addition.accept(owner);
    }
  }
}
