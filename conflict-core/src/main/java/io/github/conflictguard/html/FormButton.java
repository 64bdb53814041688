package io.github.conflictguard.html;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A button that sends its form, with what it adds to the request. Immutable. */
public final class FormButton {

  /** Stands for the caption that browsers choose for a button without a value. */
  private static final String USUAL_CAPTION = "Submit";

  /** The field that is sent along; null when the button has no name. */
  public final @Nullable String name;

  public final String value;

  /** The address that takes the place of the form's; null when there is none. */
  public final @Nullable String action;

  /** {@code GET} or {@code POST} in the place of the form's method; null when it has none. */
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

  /** Whether it sends its form elsewhere, or in another way. */
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
