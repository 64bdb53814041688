package io.github.conflictguard.html;

import java.util.Objects;

/** One of the values that a field offers. Immutable. */
public final class FieldOption {

  private final String value;
  private final String text;

  private FieldOption(String value, String text) {
    this.value = value;
    this.text = text;
  }

  /**
   * Makes one.
   *
   * @param value what is sent
   * @param text what people read; empty when nothing belongs to it
   */
  public static FieldOption of(String value, String text) {
    return new FieldOption(value, text);
  }

  /** What is sent. */
  public String value() {
    return value;
  }

  /** What people read; empty when the page says nothing. */
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
