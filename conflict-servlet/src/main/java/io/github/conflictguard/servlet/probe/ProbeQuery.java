package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.formdata.QueryParameters;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of an internal GET: its text, and its parameters. Immutable. */
final class ProbeQuery {

  private final @Nullable String text;
  private final Map<String, String[]> parameters;

  private ProbeQuery(@Nullable String text, Map<String, String[]> parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  /** Parses a query string, or null if there is none. */
  static ProbeQuery of(@Nullable String text) {
    return new ProbeQuery(text, QueryParameters.parse(text));
  }

  /**
   * Returns this query with that of a nested dispatch, whose parameters come first (Servlet
   * specification, 9.1.1).
   *
   * @param added the query, or null if it has none
   * @param replaces whether it becomes the query string as well, as in a forward
   */
  ProbeQuery with(@Nullable String added, boolean replaces) {
    if (added == null) {
      return this;
    }
    Map<String, String[]> all = QueryParameters.parse(added);
    parameters.forEach((name, values) -> all.merge(name, values, QueryParameters::append));
    return new ProbeQuery(replaces ? added : text, all);
  }

  /** Returns the query string, or null if there is none. */
  @Nullable String text() {
    return text;
  }

  /** Returns the values of a parameter, which the caller must not change; null if it is absent. */
  String @Nullable [] values(String name) {
    return parameters.get(name);
  }

  /** Returns the values of all parameters by name. */
  Map<String, String[]> parameters() {
    return Collections.unmodifiableMap(parameters);
  }
}
