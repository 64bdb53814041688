package io.github.conflictguard.html;

import java.util.Objects;

/** One of the options that a field offers. Immutable. */
public final class FieldOption {

  private final String value;
  private final String text;

  private FieldOption(String value, String text) {
    this.value = value;
    this.text = text;
  }

  /**
   * Creates an option.
   *
   * @param value the value that is sent
   * @param text the visible text; empty when the page has none
   */
  public static FieldOption of(String value, String text) {
    return new FieldOption(value, text);
  }

  /** Returns the value that is sent. */
  public String value() {
    return value;
  }

  /** Returns the visible text; empty when the page has none. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldOption
        && value.equals(((FieldOption) other).value)
        && text.equals(((FieldOption) other).text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value, text);
  }

  @Override
  public String toString() {
    return value + "=" + text;
  }
}
