package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.advice.Advice;
import io.github.conflictguard.servlet.console.section.Change;
import io.github.conflictguard.servlet.console.section.Words;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request for a page of the monitor, by someone who may see it. Not thread-safe. */
public final class Visit {

  private final Words words;
  private final Function<String, @Nullable String> parameters;
  private final @Nullable String formToken;
  private final Supplier<List<Advice>> source;
  private @Nullable List<Advice> advice;

  /**
   * Creates a visit.
   *
   * @param parameters the parameters of the address
   * @param formToken the token for buttons that change something; null where there are none
   * @param advice computes the present advice
   */
  public Visit(
      Words words,
      Function<String, @Nullable String> parameters,
      @Nullable String formToken,
      Supplier<List<Advice>> advice) {
    this.words = words;
    this.parameters = parameters;
    this.formToken = formToken;
    this.source = advice;
  }

  /** Returns the language and the time of the page. */
  public Words words() {
    return words;
  }

  /** Returns the advice, which is computed once for all parts of the page. */
  public List<Advice> advice() {
    List<Advice> known = advice;
    if (known == null) {
      known = source.get();
      advice = known;
    }
    return known;
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
