package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field whose controls are still being collected. Not safe for use by several threads. */
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
      // In a group of radio buttons only the last checked one stays checked.
      values = values.subList(values.size() - 1, values.size());
    }
    Control first = controls.get(0);
    if (each && controls.size() > 1) {
      // Each of several choices has a label of its own, which differs from that of the group.
      label = first.near.question();
    }
    return FormField.of(name, kind, values, label, options).in(first.near.legend());
  }

  /** One control element. */
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
     * Creates a control.
     *
     * @param id the id by which a label can refer to it
     * @param own the accessible name that the element itself declares
     * @param near the text next to it
     * @param hint any other description that the element contains
     * @param value the value it stands for
     * @param values the values that are sent
     * @param around the label that contains it
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
