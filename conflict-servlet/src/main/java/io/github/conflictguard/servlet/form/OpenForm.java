package io.github.conflictguard.servlet.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A form of which fields are still found. For one thread. */
final class OpenForm {

  private final StartOfForm start;
  private final Map<String, OpenField> fields = new LinkedHashMap<>();

  OpenForm(StartOfForm start) {
    this.start = start;
  }

  StartOfForm start() {
    return start;
  }

  /** The field for all controls of this name and kind. */
  OpenField field(String name, FieldKind kind) {
    return fields.computeIfAbsent(kind + " " + name, key -> new OpenField(name, kind));
  }

  FormSnapshot close(Labels labels) {
    List<FormField> closed = new ArrayList<>();
    fields.values().forEach(field -> closed.add(field.close(labels)));
    return new FormSnapshot(start, closed);
  }
}
