package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.exchange.QueryParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path with variables, such as {@code /api/orders/{id}}: a variable takes what stands between two
 * slashes, and {@code /*} at the end takes the rest. Immutable.
 */
final class PathTemplate {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

  private final String text;

  /** What stands in front of each variable, and behind the last one. */
  private final List<String> literals = new ArrayList<>();

  private final List<Variable> variables = new ArrayList<>();

  private PathTemplate(String text) {
    this.text = text;
    String fixed = isOpen() ? text.substring(0, text.length() - 2) : text;
    if (!text.startsWith("/") || fixed.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no path; accepted are /path, /path/{variable} and /path/*");
    }
    int from = 0;
    Matcher variable = VARIABLE.matcher(fixed);
    while (variable.find()) {
      if (from > 0 && variable.start() == from) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' has two variables side by side: nothing tells where the first one ends");
      }
      literals.add(fixed.substring(from, variable.start()));
      variables.add(Variable.parse(variable.group(1)));
      from = variable.end();
    }
    literals.add(fixed.substring(from));
  }

  static PathTemplate parse(String text) {
    return new PathTemplate(text);
  }

  /** What stands between its slashes, the open end aside; null where there is a variable. */
  List<@Nullable String> parts() {
    String fixed = isOpen() ? text.substring(0, text.length() - 2) : text;
    List<@Nullable String> parts = new ArrayList<>();
    if (!fixed.isEmpty()) {
      for (String part : fixed.substring(1).split("/", -1)) {
        parts.add(part.indexOf('{') < 0 ? part : null);
      }
    }
    return parts;
  }

  /** A path that is meant, with {@code x} in the place of variables. */
  String sample() {
    return VARIABLE.matcher(text).replaceAll("x").replaceAll("\\*$", "x");
  }

  /** Whether more may follow after another slash. */
  boolean isOpen() {
    return text.endsWith("/*");
  }

  Set<String> variables() {
    Set<String> names = new HashSet<>();
    variables.forEach(variable -> names.add(variable.name()));
    return names;
  }

  /** Whether the path is meant; if so, the variables are added to those that were captured. */
  boolean matches(String path, Map<String, String> captured) {
    int[] bounds = new int[2 * variables.size()];
    if (!divide(path, 0, 0, bounds)) {
      return false;
    }
    for (int i = 0; i < variables.size(); i++) {
      String value = path.substring(bounds[2 * i], bounds[2 * i + 1]);
      if (!variables.get(i).capture(value, captured)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Finds what the variables from this one on take: each as much as it can, at least one character.
   *
   * @param at where what stands in front of this variable has to begin
   * @param bounds gets the begin and the end of each
   */
  private boolean divide(String path, int at, int variable, int[] bounds) {
    String literal = literals.get(variable);
    if (!path.startsWith(literal, at)) {
      return false;
    }
    int from = at + literal.length();
    if (variable == variables.size()) {
      return from == path.length() || (isOpen() && path.charAt(from) == '/');
    }
    int slash = path.indexOf('/', from);
    for (int to = slash < 0 ? path.length() : slash; to > from; to--) {
      if (divide(path, to, variable + 1, bounds)) {
        bounds[2 * variable] = from;
        bounds[2 * variable + 1] = to;
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the path for these values has the shape of this template, however a container decodes
   * and normalises it.
   */
  boolean keepsShape(Map<String, String> captured) {
    for (Variable variable : variables) {
      String value = captured.get(variable.name());
      if (value != null && !DispatchPath.isPlainSegment(value)) {
        return false;
      }
    }
    String path = variables.isEmpty() ? null : expand(captured);
    return path == null || DispatchPath.isPlain(QueryParameters.decodePath(path));
  }

  /** The path for these values, encoded; null when a value is missing or the path is open. */
  @Nullable String expand(Map<String, String> captured) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuffer path = new StringBuffer();
    for (int i = 0; variable.find(); i++) {
      String value = captured.get(variables.get(i).name());
      if (value == null) {
        return null;
      }
      variable.appendReplacement(path, Matcher.quoteReplacement(QueryParameters.encode(value)));
    }
    variable.appendTail(path);
    return isOpen() ? null : path.toString();
  }
}
