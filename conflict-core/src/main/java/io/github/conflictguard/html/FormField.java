package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A form field: all controls of one name and one kind, because a request distinguishes fields by
 * name only. Immutable.
 */
public final class FormField {

  private final String name;
  private final FieldKind kind;
  private final List<String> values;
  private final @Nullable String label;
  private final List<FieldOption> options;
  private final @Nullable String group;

  private FormField(
      String name,
      FieldKind kind,
      List<String> values,
      @Nullable String label,
      List<FieldOption> options,
      @Nullable String group) {
    this.group = group;
    this.name = name;
    this.kind = kind;
    this.values = Collections.unmodifiableList(new ArrayList<>(values));
    this.label = label;
    this.options = Collections.unmodifiableList(new ArrayList<>(options));
  }

  /** Creates a field without label and options. */
  public static FormField of(String name, FieldKind kind, List<String> values) {
    return new FormField(name, kind, values, null, Collections.emptyList(), null);
  }

  /** Creates a field. */
  public static FormField of(
      String name,
      FieldKind kind,
      List<String> values,
      @Nullable String label,
      List<FieldOption> options) {
    return new FormField(name, kind, values, label, options, null);
  }

  /** Returns the name under which it is sent; never empty. */
  public String name() {
    return name;
  }

  /** Returns the kind of the field. */
  public FieldKind kind() {
    return kind;
  }

  /**
   * Returns the values that a browser would send now, in document order, with CR LF as line ends:
   * none for an unchecked check box, a password or a file. For a button, the value that is sent
   * when it is pressed. Unmodifiable.
   */
  public List<String> values() {
    return values;
  }

  /** Returns the label of the field in one line; null when it has none. */
  public @Nullable String label() {
    return label;
  }

  /**
   * Returns the options of lists, check boxes and radio buttons, and the buttons that can be
   * pressed; otherwise empty. Unmodifiable.
   */
  public List<FieldOption> options() {
    return options;
  }

  /** Returns the legend of the field set that contains the field; null when there is none. */
  public @Nullable String group() {
    return group;
  }

  /** Returns the same field in another field set. */
  public FormField in(@Nullable String legend) {
    return new FormField(name, kind, values, label, options, legend);
  }

  /** Returns the same field with other values. */
  public FormField withValues(List<String> otherValues) {
    return new FormField(name, kind, otherValues, label, options, group);
  }

  @Override
  public boolean equals(Object object) {
    if (!(object instanceof FormField)) {
      return false;
    }
    FormField other = (FormField) object;
    return name.equals(other.name)
        && kind == other.kind
        && values.equals(other.values)
        && Objects.equals(label, other.label)
        && options.equals(other.options);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, kind, values, label, options);
  }

  @Override
  public String toString() {
    return kind + " " + name + "=" + values;
  }
}
