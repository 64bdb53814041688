package io.github.conflictguard.servlet.form;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form that a session remembers: its token, and what its fields held. Immutable. */
final class RememberedForm {

  private static final String VERSION = "1";

  final FormToken token;
  final long form;
  final List<FormField> fields;

  /**
   * Makes one.
   *
   * @param form the form of the record, as a number
   * @param fields without passwords, files and buttons
   */
  RememberedForm(FormToken token, long form, List<FormField> fields) {
    this.token = token;
    this.form = form;
    this.fields = fields;
  }

  static List<FormField> worthRemembering(FormSnapshot form) {
    List<FormField> fields = new ArrayList<>();
    for (FormField field : form.fields()) {
      if (field.kind() != FieldKind.PASSWORD
          && field.kind() != FieldKind.FILE
          && field.kind() != FieldKind.SUBMIT) {
        fields.add(FormField.of(field.name(), field.kind(), field.values()));
      }
    }
    return fields;
  }

  String[] toText() {
    List<String> text = new ArrayList<>();
    text.add(VERSION);
    text.add(Base64.getEncoder().encodeToString(token.toBytes()));
    text.add(Long.toHexString(form));
    for (FormField field : fields) {
      text.add(field.kind().name());
      text.add(field.name());
      text.add(Integer.toString(field.values().size()));
      text.addAll(field.values());
    }
    return text.toArray(new String[0]);
  }

  /** Null for what {@link #toText} does not make. */
  static @Nullable RememberedForm of(String[] text) {
    try {
      if (!text[0].equals(VERSION)) {
        return null;
      }
      FormToken token = FormToken.of(Base64.getDecoder().decode(text[1]));
      List<FormField> fields = new ArrayList<>();
      for (int at = 3; at < text.length; ) {
        int values = Integer.parseInt(text[at + 2]);
        fields.add(
            FormField.of(
                text[at + 1],
                FieldKind.valueOf(text[at]),
                Arrays.asList(text).subList(at + 3, at + 3 + values)));
        at += 3 + values;
      }
      return token == null
          ? null
          : new RememberedForm(token, Long.parseUnsignedLong(text[2], 16), fields);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
