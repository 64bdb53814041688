package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form that is stored in a session: its token and the values of its fields. Immutable. */
final class StoredForm {

  private static final String VERSION = "2";

  /** The options of longer lists are not stored. */
  private static final int MOST_OPTIONS = 64;

  final FormToken token;
  final long form;
  final String page;
  final boolean stored;
  final FormSnapshot snapshot;

  /**
   * Creates a stored form.
   *
   * @param form the number of the form of the record
   * @param page the address of the page, without server
   * @param stored whether the page showed the stored values; if not, it showed the entered ones,
   *     and the snapshot is older than the page
   * @param snapshot without parts that are too long
   */
  StoredForm(FormToken token, long form, String page, boolean stored, FormSnapshot snapshot) {
    this.token = token;
    this.form = form;
    this.page = page;
    this.stored = stored;
    this.snapshot = snapshot;
  }

  /** Returns the form without the options of long lists. Passwords never have values. */
  static FormSnapshot outlineOf(FormSnapshot form) {
    List<FormField> fields = new ArrayList<>();
    for (FormField field : form.fields()) {
      List<FieldOption> options = field.options();
      fields.add(
          FormField.of(
                  field.name(),
                  field.kind(),
                  field.values(),
                  field.label(),
                  options.size() > MOST_OPTIONS ? Collections.emptyList() : options)
              .in(field.group()));
    }
    return form.withFields(fields);
  }

  /** Returns its size in characters, including the overhead of each string. */
  int length() {
    int length = 0;
    for (String text : toText()) {
      length += 32 + text.length();
    }
    return length;
  }

  String[] toText() {
    List<String> text = new ArrayList<>();
    Charset charset = snapshot.charset();
    text.add(VERSION);
    text.add(Base64.getEncoder().encodeToString(token.toBytes()));
    text.add(Long.toHexString(form));
    text.add(page);
    text.add(Boolean.toString(stored));
    text.add(charset == null ? "" : charset.name());
    String title = snapshot.title();
    text.add(title == null ? "" : title);
    for (FormField field : snapshot.fields()) {
      String label = field.label();
      text.add(field.kind().name());
      text.add(field.name());
      text.add(label == null ? "" : label);
      String group = field.group();
      text.add(group == null ? "" : group);
      text.add(Integer.toString(field.values().size()));
      text.addAll(field.values());
      text.add(Integer.toString(field.options().size()));
      for (FieldOption option : field.options()) {
        text.add(option.value());
        text.add(option.text());
      }
    }
    return text.toArray(new String[0]);
  }

  /** Parses the result of {@link #toText}; returns null for any other content. */
  static @Nullable StoredForm of(String[] text) {
    Iterator<String> next = Arrays.asList(text).iterator();
    try {
      if (!next.next().equals(VERSION)) {
        return null;
      }
      FormToken token = FormToken.of(Base64.getDecoder().decode(next.next()));
      long form = Long.parseUnsignedLong(next.next(), 16);
      String page = next.next();
      boolean stored = Boolean.parseBoolean(next.next());
      String charset = next.next();
      String title = next.next();
      List<FormField> fields = new ArrayList<>();
      while (next.hasNext()) {
        fields.add(field(next));
      }
      return token == null
          ? null
          : new StoredForm(
              token,
              form,
              page,
              stored,
              HtmlForms.of(fields, charset.isEmpty() ? null : Charset.forName(charset))
                  .titled(title.isEmpty() ? null : title));
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static FormField field(Iterator<String> next) {
    FieldKind kind = FieldKind.valueOf(next.next());
    String name = next.next();
    String label = next.next();
    String group = next.next();
    List<String> values = new ArrayList<>();
    for (int left = Integer.parseInt(next.next()); left > 0; left--) {
      values.add(next.next());
    }
    List<FieldOption> options = new ArrayList<>();
    for (int left = Integer.parseInt(next.next()); left > 0; left--) {
      options.add(FieldOption.of(next.next(), next.next()));
    }
    return FormField.of(name, kind, values, label.isEmpty() ? null : label, options)
        .in(group.isEmpty() ? null : group);
  }
}
