package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A form whose fields are still being collected. Not safe for use by several threads. */
final class OpenForm {

  private static final int MOST_BUTTONS = 256;

  private final FormStartTag start;
  private final Map<String, OpenField> fields = new LinkedHashMap<>();
  private final Set<FormButton> buttons = new LinkedHashSet<>();

  OpenForm(FormStartTag start) {
    this.start = start;
  }

  FormStartTag start() {
    return start;
  }

  /** Returns the field for all controls of this name and kind. */
  OpenField field(String name, FieldKind kind) {
    return fields.computeIfAbsent(kind + " " + name, key -> new OpenField(name, kind));
  }

  /** Adds a button, up to a limit on the number of buttons. */
  void add(FormButton button) {
    if (buttons.size() < MOST_BUTTONS) {
      buttons.add(button);
    }
  }

  FormSnapshot close(Labels labels) {
    List<FormField> closed = new ArrayList<>();
    fields.values().forEach(field -> closed.add(field.close(labels)));
    return new FormSnapshot(start, closed, new ArrayList<>(buttons));
  }
}
