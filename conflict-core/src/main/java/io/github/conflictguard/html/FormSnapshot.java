package io.github.conflictguard.html;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form as a page showed it, with the values of its fields. Immutable. */
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

  /** Returns the attribute {@code id}; null when there is none. */
  public @Nullable String id() {
    return start.id;
  }

  /** Returns the attribute {@code name}; null when there is none. */
  public @Nullable String name() {
    return start.name;
  }

  /** Returns the action as written in the page; empty when the form is sent to the page itself. */
  public String action() {
    return start.action;
  }

  /**
   * Returns the path, with the query if there is one, to which the form is sent; null when it is
   * sent to another server or the action is not an address for forms.
   *
   * @param page the address of the page: a path with or without query, or a whole URL
   */
  public @Nullable String target(String page) {
    return start.target(page);
  }

  /** Returns {@code GET}, {@code POST} or {@code DIALOG}. */
  public String method() {
    return start.method;
  }

  /** Returns the encoding of the form: {@code application/x-www-form-urlencoded} and the like. */
  public String enctype() {
    return start.enctype;
  }

  /**
   * Returns the charset in which the form is sent; null when neither the form nor the reader of the
   * page specified one.
   */
  public @Nullable Charset charset() {
    return start.charset;
  }

  /** Returns the fields that are sent, in document order. Unmodifiable. */
  public List<FormField> fields() {
    return fields;
  }

  /**
   * Returns the field of a name; null when there is none. Of several kinds under one name, returns
   * the first visible one, because a hidden field supplies the value for when the other is not
   * sent.
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

  /**
   * Returns the address to which one of the buttons sends the form, resolved like {@link #target}.
   */
  public @Nullable String targetOf(String page, String formaction) {
    return start.targetOf(page, formaction);
  }

  /**
   * Returns the buttons that submit the form, without duplicates, in document order. Unmodifiable.
   */
  public List<FormButton> buttons() {
    return buttons;
  }

  /** Returns whether the form can be sent by POST, if only by one of its buttons. */
  public boolean isPosted() {
    return start.method.equals("POST")
        || buttons.stream().anyMatch(button -> "POST".equals(button.method));
  }

  /** Returns the same form with other fields. */
  public FormSnapshot withFields(List<FormField> otherFields) {
    return new FormSnapshot(start, otherFields, buttons, title);
  }

  /** Returns the title of the page; null when it has none or is not known. */
  public @Nullable String title() {
    return title;
  }

  /** Returns the same form on a page with another title. */
  public FormSnapshot titled(@Nullable String otherTitle) {
    return new FormSnapshot(start, fields, buttons, otherTitle);
  }

  @Override
  public String toString() {
    return start.method + " " + start.action + " " + fields;
  }
}
