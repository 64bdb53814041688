package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.access.AccessControl;
import io.github.conflictguard.servlet.console.html.Html;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A button that changes something: a form with the token of the session. */
public final class Change {

  private final String action;
  private final @Nullable String formToken;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private String tone = "";

  /**
   * Creates a button.
   *
   * @param formToken null where nothing may be changed: then there is no button
   */
  public Change(String action, @Nullable String formToken) {
    this.action = action;
    this.formToken = formToken;
  }

  /** Adds a field. */
  public Change with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  /** Sets the class of the button in the style sheet. */
  public Change toned(String toneClass) {
    this.tone = toneClass;
    return this;
  }

  /** Writes the button. */
  public void write(Html html, String label) {
    if (formToken == null) {
      return;
    }
    html.open("form", "method", "post", "action", action);
    html.empty("input", "type", "hidden", "name", AccessControl.FORM_TOKEN, "value", formToken);
    fields.forEach(
        (name, value) -> html.empty("input", "type", "hidden", "name", name, "value", value));
    html.element("button", label, "type", "submit", "class", tone.isEmpty() ? null : tone);
    html.close();
  }
}
