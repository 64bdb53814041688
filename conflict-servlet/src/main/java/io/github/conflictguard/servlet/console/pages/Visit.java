package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.section.Change;
import io.github.conflictguard.servlet.console.section.Words;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request for a page of the monitor, by someone who may see it. Immutable. */
public final class Visit {

  private final Words words;
  private final Function<String, @Nullable String> parameters;
  private final @Nullable String formToken;

  /**
   * Creates a visit.
   *
   * @param parameters the parameters of the address
   * @param formToken the token for buttons that change something; null where there are none
   */
  public Visit(
      Words words, Function<String, @Nullable String> parameters, @Nullable String formToken) {
    this.words = words;
    this.parameters = parameters;
    this.formToken = formToken;
  }

  /** Returns the language and the time of the page. */
  public Words words() {
    return words;
  }

  /** Returns a parameter of the address; null if it is absent or empty. */
  @Nullable String parameter(String name) {
    String value = parameters.apply(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns a whole number of the address; 0 if it is absent or none. */
  long number(String name) {
    String value = parameter(name);
    try {
      return value == null ? 0 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Returns whether the visitor may change something. */
  boolean mayChange() {
    return formToken != null;
  }

  /** Returns a button that performs an action of the monitor. */
  Change change(String action) {
    return new Change("change", formToken).with("action", action);
  }
}
