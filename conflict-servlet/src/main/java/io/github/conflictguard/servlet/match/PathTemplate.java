package io.github.conflictguard.servlet.match;

import io.github.conflictguard.servlet.formdata.QueryParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path with variables, such as {@code /api/orders/{id}}: a variable matches the text between two
 * slashes, and {@code /*} at the end matches the rest. Immutable.
 */
public final class PathTemplate {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

  private final String text;

  private final List<Variable> variables = new ArrayList<>();

  /** The templates of the segments, in the order of {@link #parts()}. */
  private final List<SegmentTemplate> segments = new ArrayList<>();

  private PathTemplate(String text) {
    this.text = text;
    String fixed = isOpen() ? text.substring(0, text.length() - 2) : text;
    if (!text.startsWith("/") || fixed.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a path; accepted are /path, /path/{variable} and /path/*");
    }
    String literals = VARIABLE.matcher(fixed).replaceAll("");
    if (literals.indexOf('{') >= 0 || literals.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' has a brace outside of a variable; accepted are /path, /path/{variable} and"
              + " /path/*");
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
      variables.add(Variable.parse(variable.group(1)));
      from = variable.end();
    }
    if (!fixed.isEmpty()) {
      for (String segment : fixed.substring(1).split("/", -1)) {
        segments.add(SegmentTemplate.parse(segment));
      }
    }
  }

  static PathTemplate parse(String text) {
    return new PathTemplate(text);
  }

  /** Returns the segments, without the open end; null where there is a variable. */
  public List<@Nullable String> parts() {
    String fixed = isOpen() ? text.substring(0, text.length() - 2) : text;
    List<@Nullable String> parts = new ArrayList<>();
    if (!fixed.isEmpty()) {
      for (String part : fixed.substring(1).split("/", -1)) {
        parts.add(part.indexOf('{') < 0 ? part : null);
      }
    }
    return parts;
  }

  /** Returns a matching path, with {@code x} in the place of variables. */
  public String sample() {
    return VARIABLE.matcher(text).replaceAll("x").replaceAll("\\*$", "x");
  }

  @Override
  public String toString() {
    return text;
  }

  /** Returns whether more segments may follow. */
  public boolean isOpen() {
    return text.endsWith("/*");
  }

  Set<String> variables() {
    Set<String> names = new HashSet<>();
    variables.forEach(variable -> names.add(variable.name()));
    return names;
  }

  /** Returns whether the path matches; if so, its variables are added to the captured ones. */
  public boolean matches(String path, Map<String, String> captured) {
    if (!path.startsWith("/") && !(path.isEmpty() && segments.isEmpty())) {
      return false;
    }
    int from = 1;
    for (SegmentTemplate segment : segments) {
      if (from > path.length()) {
        return false;
      }
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      if (!segment.matches(path, from, to, captured)) {
        return false;
      }
      from = to + 1;
    }
    return from > path.length() || isOpen();
  }

  /**
   * Returns whether the path for these values matches this template, however a container decodes
   * and normalizes it.
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

  /**
   * Returns the path for these values, encoded; null when a value is missing or the path is open.
   */
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
