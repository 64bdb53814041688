package io.github.conflictguard.html;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form as a page showed it, with what its fields held. Immutable. */
public final class FormSnapshot {

  private final FormStartTag start;
  private final List<FormField> fields;
  private final List<FormButton> buttons;
  private final @Nullable String title;

  public FormSnapshot(FormStartTag start, List<FormField> fields, List<FormButton> buttons) {
    this(start, fields, buttons, null);
  }

  private FormSnapshot(
      FormStartTag start,
      List<FormField> fields,
      List<FormButton> buttons,
      @Nullable String title) {
    this.start = start;
    this.title = title;
    this.fields = Collections.unmodifiableList(new ArrayList<>(fields));
    this.buttons = Collections.unmodifiableList(new ArrayList<>(buttons));
  }

  /** The attribute {@code id}; null when there is none. */
  public @Nullable String id() {
    return start.id;
  }

  /** The attribute {@code name}; null when there is none. */
  public @Nullable String name() {
    return start.name;
  }

  /** Where it leads, as the page says it; empty when it leads to the page itself. */
  public String action() {
    return start.action;
  }

  /**
   * The path, and the query if there is one, to which it leads; null when it leads to another
   * server or is no address that a form is sent to.
   *
   * @param page the address of the page: a path with or without query, or a whole URL
   */
  public @Nullable String target(String page) {
    return start.target(page);
  }

  /** {@code GET}, {@code POST} or {@code DIALOG}. */
  public String method() {
    return start.method;
  }

  /** How it is sent: {@code application/x-www-form-urlencoded} and the like. */
  public String enctype() {
    return start.enctype;
  }

  /**
   * The charset in which it is sent; null when neither the form nor whoever read the page said one.
   */
  public @Nullable Charset charset() {
    return start.charset;
  }

  /** The fields that are sent, in the order of the page. Unmodifiable. */
  public List<FormField> fields() {
    return fields;
  }

  /**
   * The field of a name; null when there is none. Of several kinds under one name the first one
   * that people see, because a hidden one is there for when the other is not sent.
   */
  public @Nullable FormField field(String name) {
    FormField hidden = null;
    for (FormField field : fields) {
      if (field.name().equals(name)) {
        if (field.kind() != FieldKind.HIDDEN) {
          return field;
        }
        hidden = hidden == null ? field : hidden;
      }
    }
    return hidden;
  }

  /** The address to which one of its buttons leads, as {@link #target} gives that of the form. */
  public @Nullable String targetOf(String page, String formaction) {
    return start.targetOf(page, formaction);
  }

  /** The buttons that send it, each once, in the order of the page. Unmodifiable. */
  public List<FormButton> buttons() {
    return buttons;
  }

  /** Whether it can be sent by POST, be it by one of its buttons. */
  public boolean isPosted() {
    return start.method.equals("POST")
        || buttons.stream().anyMatch(button -> "POST".equals(button.method));
  }

  /** The same form with other fields. */
  public FormSnapshot withFields(List<FormField> otherFields) {
    return new FormSnapshot(start, otherFields, buttons, title);
  }

  /** What its page calls itself; null when it does not, or that is not known. */
  public @Nullable String title() {
    return title;
  }

  /** The same form on a page of another title. */
  public FormSnapshot titled(@Nullable String otherTitle) {
    return new FormSnapshot(start, fields, buttons, otherTitle);
  }

  @Override
  public String toString() {
    return start.method + " " + start.action + " " + fields;
  }
}
