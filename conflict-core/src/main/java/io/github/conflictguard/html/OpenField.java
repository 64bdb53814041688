package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field of which controls are still found. For one thread. */
final class OpenField {

  private final String name;
  private final FieldKind kind;
  private final List<Control> controls = new ArrayList<>();

  OpenField(String name, FieldKind kind) {
    this.name = name;
    this.kind = kind;
  }

  void add(Control control) {
    controls.add(control);
  }

  FormField close(Labels labels) {
    List<String> values = new ArrayList<>();
    List<FieldOption> options = new ArrayList<>();
    String label = null;
    boolean each = kind == FieldKind.CHECKBOX || kind == FieldKind.RADIO;
    for (Control control : controls) {
      String own = labels.of(control);
      if (each || kind == FieldKind.SUBMIT) {
        options.add(FieldOption.of(control.value, own == null ? "" : own));
      } else {
        options.addAll(control.options);
      }
      label = label == null ? own : label;
      values.addAll(control.values);
    }
    if (kind == FieldKind.RADIO && values.size() > 1) {
      // Of a group only the last one that is checked stays checked.
      values = values.subList(values.size() - 1, values.size());
    }
    Control first = controls.get(0);
    if (each && controls.size() > 1) {
      // One of several choices has a label of its own, which is not that of the question.
      label = first.near.question();
    }
    return FormField.of(name, kind, values, label, options).in(first.near.legend());
  }

  /** One element. */
  static final class Control {

    final @Nullable String id;
    final @Nullable String own;
    final NearText.Spot near;
    final @Nullable String hint;
    final String value;
    final List<String> values;
    final List<FieldOption> options;
    final Labels.@Nullable Label around;

    /**
     * Makes one.
     *
     * @param id by which a label can refer to it
     * @param own the name that the element itself gives, for those who do not see it
     * @param near the text beside it
     * @param hint what else the element itself tells of what it is
     * @param value what it stands for
     * @param values what is sent of it
     * @param around the label in which it is
     */
    Control(
        @Nullable String id,
        @Nullable String own,
        NearText.Spot near,
        @Nullable String hint,
        String value,
        List<String> values,
        List<FieldOption> options,
        Labels.@Nullable Label around) {
      this.id = id;
      this.own = own;
      this.near = near;
      this.hint = hint;
      this.value = value;
      this.values = values;
      this.options = options;
      this.around = around;
    }
  }
}
