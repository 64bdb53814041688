package io.github.conflictguard.merge;

import org.jspecify.annotations.Nullable;

/** The button that submitted the form. Immutable. */
public final class PressedButton {

  private final String name;
  private final String value;
  private final @Nullable String label;

  PressedButton(String name, String value, @Nullable String label) {
    this.name = name;
    this.value = value;
    this.label = label;
  }

  /** Returns the name under which it is sent. */
  public String getName() {
    return name;
  }

  /** Returns the value that is sent. */
  public String getValue() {
    return value;
  }

  /** Returns the caption of the button; null when it is not known. */
  public @Nullable String getLabel() {
    return label;
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
