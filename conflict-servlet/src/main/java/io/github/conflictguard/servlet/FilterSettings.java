package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.rule.PathPattern;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** What the filter was told at start-up, checked. Immutable. */
final class FilterSettings {

  private static final Set<String> METHODS_THAT_REPLACE =
      new HashSet<>(Arrays.asList("PUT", "PATCH", "DELETE"));

  private final List<PathPattern> requirePrecondition;
  private final int lockTimeoutMillis;
  private final int bufferLimit;

  private FilterSettings(FilterConfig config) throws ServletException {
    List<String> unknown = Setting.unknownIn(config);
    if (!unknown.isEmpty()) {
      throw wrong(config, unknown.get(0) + " is no setting", Setting.names().toString());
    }
    this.requirePrecondition = patterns(config, Setting.REQUIRE_PRECONDITION);
    this.lockTimeoutMillis = number(config, Setting.LOCK_TIMEOUT_MILLIS, 10_000);
    this.bufferLimit = number(config, Setting.BUFFER_LIMIT, 1024 * 1024);
  }

  /**
   * Reads the settings.
   *
   * @throws ServletException if a name or a value is wrong; the message names the filter, the
   *     parameter, its value and what would be accepted
   */
  static FilterSettings read(FilterConfig config) throws ServletException {
    return new FilterSettings(config);
  }

  /** Whether this write is refused without a precondition. */
  boolean requiresPrecondition(String method, String path) {
    return METHODS_THAT_REPLACE.contains(method)
        && requirePrecondition.stream().anyMatch(pattern -> pattern.matches(path));
  }

  int lockTimeoutMillis() {
    return lockTimeoutMillis;
  }

  int bufferLimit() {
    return bufferLimit;
  }

  private static List<PathPattern> patterns(FilterConfig config, Setting setting)
      throws ServletException {
    List<PathPattern> patterns = new ArrayList<>();
    Setting.Value value = setting.in(config);
    if (value == null) {
      return patterns;
    }
    StringTokenizer tokens = new StringTokenizer(value.text, ", \t\r\n");
    while (tokens.hasMoreTokens()) {
      String pattern = tokens.nextToken();
      try {
        patterns.add(PathPattern.parse(pattern));
      } catch (IllegalArgumentException e) {
        throw wrong(
            config,
            value.place
                + " has the value '"
                + value.text
                + "', in which '"
                + pattern
                + "' is wrong",
            "URL patterns of the forms " + PathPattern.FORMS + ", separated by commas");
      }
    }
    return patterns;
  }

  private static int number(FilterConfig config, Setting setting, int otherwise)
      throws ServletException {
    Setting.Value value = setting.in(config);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as a negative number is.
    }
    throw wrong(
        config,
        value.place + " has the value '" + value.text + "'",
        "whole numbers from 0 to " + Integer.MAX_VALUE);
  }

  private static ServletException wrong(FilterConfig config, String what, String accepted) {
    return new ServletException(
        "Filter '" + config.getFilterName() + "': " + what + "; accepted are " + accepted);
  }
}
