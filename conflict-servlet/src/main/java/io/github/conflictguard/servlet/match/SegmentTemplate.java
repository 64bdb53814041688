package io.github.conflictguard.servlet.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment of a template, such as {@code {year}-{number}.json}. Variables are greedy, the first
 * one first, and match at least one character. Immutable.
 */
final class SegmentTemplate {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

  /** The literals before each variable, and after the last one. */
  private final List<String> literals = new ArrayList<>();

  private final List<Variable> variables = new ArrayList<>();

  private SegmentTemplate(String text) {
    int from = 0;
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      literals.add(text.substring(from, variable.start()));
      variables.add(Variable.parse(variable.group(1)));
      from = variable.end();
    }
    literals.add(text.substring(from));
  }

  static SegmentTemplate parse(String text) {
    return new SegmentTemplate(text);
  }

  /**
   * Returns whether a part of a path matches; if so, its variables are added to the captured ones.
   * Makes one pass from right to left: each literal is matched as far right as possible, so that
   * every variable in front of it is as long as possible.
   */
  boolean matches(String path, int from, int to, Map<String, String> captured) {
    int count = variables.size();
    String first = literals.get(0);
    String last = literals.get(count);
    if (count == 0) {
      return to - from == first.length() && path.startsWith(first, from);
    }
    int end = to - last.length();
    if (end < from || !path.startsWith(last, end) || !path.startsWith(first, from)) {
      return false;
    }
    int[] bounds = new int[2 * count];
    for (int i = count - 1; i > 0; i--) {
      bounds[2 * i + 1] = end;
      String literal = literals.get(i);
      // Leaves one character for the variable after it.
      int at = path.lastIndexOf(literal, end - 1 - literal.length());
      if (at < from) {
        return false;
      }
      bounds[2 * i] = at + literal.length();
      end = at;
    }
    bounds[0] = from + first.length();
    bounds[1] = end;
    if (end <= bounds[0]) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      String value = path.substring(bounds[2 * i], bounds[2 * i + 1]);
      if (!variables.get(i).capture(value, captured)) {
        return false;
      }
    }
    return true;
  }
}
