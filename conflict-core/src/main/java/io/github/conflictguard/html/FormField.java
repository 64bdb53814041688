package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form: all controls of one name and one kind, because that is what the names in a
 * request tell apart. Immutable.
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

  /** Makes a field without label and options. */
  public static FormField of(String name, FieldKind kind, List<String> values) {
    return new FormField(name, kind, values, null, Collections.emptyList(), null);
  }

  /** Makes a field. */
  public static FormField of(
      String name,
      FieldKind kind,
      List<String> values,
      @Nullable String label,
      List<FieldOption> options) {
    return new FormField(name, kind, values, label, options, null);
  }

  /** The name under which it is sent; never empty. */
  public String name() {
    return name;
  }

  /** What it is to those who fill it in. */
  public FieldKind kind() {
    return kind;
  }

  /**
   * What a browser would send now, in the order of the page, lines ending with CR LF: nothing for a
   * check box that is not checked, a password and a file. For a button, what it sends when it is
   * pressed. Unmodifiable.
   */
  public List<String> values() {
    return values;
  }

  /** What the page calls it, in one line; null when it calls it nothing. */
  public @Nullable String label() {
    return label;
  }

  /**
   * What can be chosen in lists, check boxes and radio buttons, and which buttons can be pressed;
   * else empty. Unmodifiable.
   */
  public List<FieldOption> options() {
    return options;
  }

  /** The legend of the field set that it is in; null when there is none. */
  public @Nullable String group() {
    return group;
  }

  /** The same field in another field set. */
  public FormField in(@Nullable String legend) {
    return new FormField(name, kind, values, label, options, legend);
  }

  /** The same field with other values. */
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
