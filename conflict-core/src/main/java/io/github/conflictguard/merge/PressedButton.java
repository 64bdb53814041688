package io.github.conflictguard.merge;

import org.jspecify.annotations.Nullable;

/** The button by which the form was sent. Immutable. */
public final class PressedButton {

  private final String name;
  private final String value;
  private final @Nullable String label;

  PressedButton(String name, String value, @Nullable String label) {
    this.name = name;
    this.value = value;
    this.label = label;
  }

  /** The name under which it is sent. */
  public String getName() {
    return name;
  }

  /** What is sent. */
  public String getValue() {
    return value;
  }

  /** What the page writes on it; null when that is not known. */
  public @Nullable String getLabel() {
    return label;
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
