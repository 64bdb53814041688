package io.github.conflictguard.servlet.match;

import io.github.conflictguard.servlet.formdata.QueryParameters;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a pattern on a parameter: that it is present, that it has a value, or that it
 * supplies the value of a variable. Without a prefix the parameter is searched where {@code
 * getParameter} finds it: in the query, otherwise in the form of a write. Immutable.
 */
public final class ParameterCondition {

  private static final String FORM = "form.";
  private static final String QUERY = "query.";

  private final Place place;
  private final String name;
  private final @Nullable String value;
  private final @Nullable Variable variable;

  private ParameterCondition(String text) {
    int equals = text.indexOf('=');
    String left = equals < 0 ? text : text.substring(0, equals);
    String right = equals < 0 ? null : text.substring(equals + 1);
    place =
        left.startsWith(FORM)
            ? Place.FORM
            : left.startsWith(QUERY) ? Place.QUERY : Place.QUERY_OR_FORM;
    name =
        place == Place.QUERY_OR_FORM
            ? left
            : left.substring((place == Place.FORM ? FORM : QUERY).length());
    boolean captures = right != null && right.startsWith("{") && right.endsWith("}");
    variable =
        captures && right != null ? Variable.parse(right.substring(1, right.length() - 1)) : null;
    value = captures ? null : right;
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' names no parameter; accepted are name, name=value and name={variable}");
    }
  }

  /**
   * Parses a condition.
   *
   * @throws IllegalArgumentException if the text is not a valid condition
   */
  public static ParameterCondition parse(String text) {
    return new ParameterCondition(text);
  }

  /** Returns the name of the parameter. */
  public String name() {
    return name;
  }

  /** Returns the value that the parameter must have; null when any will do. */
  public @Nullable String value() {
    return value;
  }

  /** Returns the variable that captures the value; null when there is none. */
  public @Nullable Variable variable() {
    return variable;
  }

  /** Returns where the parameter is searched; places that do not need the body come first. */
  Place place() {
    return place;
  }

  /**
   * Returns whether the condition holds, and captures the value of its variable.
   *
   * @throws IOException if the body cannot be read
   */
  public boolean holds(RequestView facts, Map<String, String> captured) throws IOException {
    return holds(valueIn(facts), captured);
  }

  private @Nullable String valueIn(RequestView facts) throws IOException {
    switch (place) {
      case QUERY:
        return facts.query(name);
      case FORM:
        return facts.field(name);
      default:
        return facts.parameter(name);
    }
  }

  /** Returns whether the condition holds for a request without a body. */
  boolean holdsInQuery(RequestView facts, Map<String, String> captured) {
    return place != Place.FORM && holds(facts.query(name), captured);
  }

  /**
   * Returns whether a script can make a form satisfy the condition: not if it identifies a
   * resource, or is part of its address.
   */
  boolean canBeAdded(RequestView facts) {
    return variable == null && place != Place.QUERY && facts.query(name) == null;
  }

  /** Returns whether the condition may hold when the body is not known yet. */
  boolean mayHold(RequestView facts, Map<String, String> captured) {
    String inQuery = facts.query(name);
    return place == Place.FORM
        || (place == Place.QUERY_OR_FORM && inQuery == null && facts.mayHaveForm())
        || holds(inQuery, captured);
  }

  private boolean holds(@Nullable String actual, Map<String, String> captured) {
    if (actual == null) {
      return false;
    }
    if (variable != null) {
      return !actual.isEmpty() && variable.capture(actual, captured);
    }
    return value == null || value.equals(actual);
  }

  /** Returns whether a query can contain the parameter with these values. */
  boolean isPlain(Map<String, String> captured) {
    String actual = variable == null ? null : captured.get(variable.name());
    return actual == null || DispatchPath.isPlainText(actual);
  }

  /** Returns whether only forms contain the parameter. */
  public boolean isOfForm() {
    return place == Place.FORM;
  }

  /** Returns the parameter for a query; null when its value is missing. */
  @Nullable String expand(Map<String, String> captured) {
    String actual = variable == null ? value : captured.get(variable.name());
    if (variable != null && actual == null) {
      return null;
    }
    String encoded = QueryParameters.encode(name);
    return actual == null ? encoded : encoded + '=' + QueryParameters.encode(actual);
  }

  /** Where a parameter is searched. */
  enum Place {
    QUERY,
    QUERY_OR_FORM,
    FORM
  }
}
