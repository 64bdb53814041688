package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.exchange.QueryParameters;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern demands of a parameter: that it is there, that it has a value, or that it gives a
 * variable its value. Immutable.
 */
final class ParameterCondition {

  private static final String FORM = "form.";
  private static final String QUERY = "query.";

  private final boolean inForm;
  private final String name;
  private final @Nullable String value;
  private final @Nullable Variable variable;

  private ParameterCondition(String text) {
    int equals = text.indexOf('=');
    String left = equals < 0 ? text : text.substring(0, equals);
    String right = equals < 0 ? null : text.substring(equals + 1);
    inForm = left.startsWith(FORM);
    name =
        inForm
            ? left.substring(FORM.length())
            : left.startsWith(QUERY) ? left.substring(QUERY.length()) : left;
    boolean captures = right != null && right.startsWith("{") && right.endsWith("}");
    variable =
        captures && right != null ? Variable.parse(right.substring(1, right.length() - 1)) : null;
    value = captures ? null : right;
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' names no parameter; accepted are name, name=value and name={variable}");
    }
  }

  static ParameterCondition parse(String text) {
    return new ParameterCondition(text);
  }

  String name() {
    return name;
  }

  @Nullable Variable variable() {
    return variable;
  }

  /** Whether the body of the request has to be read for it. */
  boolean isInForm() {
    return inForm;
  }

  boolean holds(RequestFacts facts, Map<String, String> captured) throws IOException {
    return holds(inForm ? facts.form(name) : facts.query(name), captured);
  }

  /** The same where the body is not known yet. */
  boolean mayHold(RequestFacts facts, Map<String, String> captured) {
    return inForm || holds(facts.query(name), captured);
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

  /** Whether a query can have the parameter with these values. */
  boolean isPlain(Map<String, String> captured) {
    String actual = variable == null ? null : captured.get(variable.name());
    return actual == null || DispatchPath.isPlainText(actual);
  }

  /** The parameter as a query has it; null when a form has it, or its value is missing. */
  @Nullable String expand(Map<String, String> captured) {
    String actual = variable == null ? value : captured.get(variable.name());
    if (inForm || (variable != null && actual == null)) {
      return null;
    }
    String encoded = QueryParameters.encode(name);
    return actual == null ? encoded : encoded + '=' + QueryParameters.encode(actual);
  }
}
