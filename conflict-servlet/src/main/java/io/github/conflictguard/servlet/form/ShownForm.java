package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form that a page has shown to a client, and its last submission. Not thread-safe. */
final class ShownForm {

  final StoredForm form;
  @Nullable Submitted last;

  ShownForm(StoredForm form) {
    this.form = form;
  }

  /** Returns the number of fields that were submitted unchanged. */
  int alike(Map<String, List<String>> sent) {
    int alike = 0;
    for (FormField field : form.snapshot.fields()) {
      alike += isSentAsHeld(field, sent) ? 1 : 0;
    }
    return alike;
  }

  /** Returns whether every field was submitted unchanged. */
  boolean isUnchanged(Map<String, List<String>> sent) {
    return form.snapshot.fields().stream()
        .allMatch(field -> field.kind() == FieldKind.SUBMIT || isSentAsHeld(field, sent));
  }

  private static boolean isSentAsHeld(FormField field, Map<String, List<String>> sent) {
    List<String> values = sent.getOrDefault(field.name(), Collections.emptyList());
    boolean empty = values.isEmpty() || values.equals(Collections.singletonList(""));
    return field.values().equals(values)
        || ((field.kind() == FieldKind.PASSWORD || field.kind() == FieldKind.FILE) && empty);
  }

  /** A submission that is in progress or was executed. Not thread-safe. */
  static final class Submitted {

    final String content;
    final long begin;
    final long answerPage;

    Submitted(String content, long begin, long answerPage) {
      this.content = content;
      this.begin = begin;
      this.answerPage = answerPage;
    }
  }
}
