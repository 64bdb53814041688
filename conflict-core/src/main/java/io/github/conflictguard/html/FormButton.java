package io.github.conflictguard.html;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A button that submits its form, with the values it adds to the request. Immutable. */
public final class FormButton {

  /** The caption that browsers choose for a button without a value. */
  private static final String USUAL_CAPTION = "Submit";

  /** The name of the field that is sent; null when the button has no name. */
  public final @Nullable String name;

  /** The value that is sent; a standard caption when the button specifies none. */
  public final String value;

  /** The address that replaces the action of the form; null when there is none. */
  public final @Nullable String action;

  /**
   * The method that replaces that of the form, {@code GET} or {@code POST}; null when there is
   * none.
   */
  public final @Nullable String method;

  FormButton(
      @Nullable String name,
      @Nullable String value,
      @Nullable String action,
      @Nullable String method) {
    this.name = name;
    this.value = value == null ? USUAL_CAPTION : value;
    this.action = action;
    this.method = method;
  }

  /** Returns whether the button overrides the action or the method of its form. */
  public boolean leadsItself() {
    return action != null || method != null;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (!(object instanceof FormButton)) {
      return false;
    }
    FormButton other = (FormButton) object;
    return value.equals(other.value)
        && Objects.equals(name, other.name)
        && Objects.equals(action, other.action)
        && Objects.equals(method, other.method);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, value, action, method);
  }
}
