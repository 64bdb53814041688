package io.github.conflictguard.servlet.config;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of one filter. An invalid value is rejected with a message that contains the
 * filter, the setting, its value and what is accepted.
 */
final class SettingReader {

  private static final int SHORTEST_SECRET = 16;

  private final FilterConfig config;

  SettingReader(FilterConfig config) {
    this.config = config;
  }

  @Nullable String text(Setting setting) {
    SettingValue value = SettingValue.of(setting, config);
    return value == null ? null : value.text;
  }

  boolean isSet(Setting setting) {
    return SettingValue.of(setting, config) != null;
  }

  /** Returns the effective value: the one that is set, or the default. */
  private SettingValue value(Setting setting) {
    SettingValue value = SettingValue.of(setting, config);
    SettingValue usual = value == null ? setting.usual() : value;
    if (usual == null) {
      throw new IllegalArgumentException(setting + " has no default");
    }
    return usual;
  }

  boolean trueOrFalse(Setting setting) throws ServletException {
    SettingValue value = value(setting);
    if (value.text.equals("true") || value.text.equals("false")) {
      return value.text.equals("true");
    }
    throw wrong(value, "true and false");
  }

  /** Returns a whole number that is not negative. */
  int number(Setting setting) throws ServletException {
    SettingValue value = value(setting);
    try {
      int number = Integer.parseInt(value.text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Rejected below, as a negative number is.
    }
    throw wrong(value, "whole numbers from 0 to " + Integer.MAX_VALUE);
  }

  /** Returns the name of a header: a token (RFC 9110, 5.6.2). */
  String headerName(Setting setting) throws ServletException {
    SettingValue value = value(setting);
    if (!value.text.matches("[-!#$%&'*+.^_`|~0-9A-Za-z]+")) {
      throw wrong(value, "names of headers, such as Idempotency-Key");
    }
    return value.text;
  }

  <T> T oneOf(Setting setting, T[] constants, Function<T, String> code) throws ServletException {
    SettingValue value = value(setting);
    for (T constant : constants) {
      if (code.apply(constant).equals(value.text)) {
        return constant;
      }
    }
    throw wrong(value, Arrays.toString(Arrays.stream(constants).map(code).toArray()));
  }

  /** Returns one of two status codes. */
  int status(Setting setting, int one, int other) throws ServletException {
    SettingValue value = value(setting);
    for (int status : new int[] {one, other}) {
      if (value.text.equals(Integer.toString(status))) {
        return status;
      }
    }
    throw wrong(value, one + " and " + other);
  }

  /** Returns a list whose elements the parser may reject by an IllegalArgumentException. */
  <T> List<T> list(Setting setting, Function<String, T> parser, String accepted)
      throws ServletException {
    List<T> list = new ArrayList<>();
    SettingValue given = SettingValue.of(setting, config);
    SettingValue value = given == null ? setting.usual() : given;
    if (value == null) {
      return list;
    }
    StringTokenizer parts = new StringTokenizer(value.text, ", \t\r\n");
    while (parts.hasMoreTokens()) {
      String part = parts.nextToken();
      try {
        list.add(parser.apply(part));
      } catch (IllegalArgumentException e) {
        throw wrong(
            value + ", in which '" + part + "' is wrong", accepted + ", separated by commas");
      }
    }
    return list;
  }

  /**
   * Returns secrets separated by commas: the current one first, followed by former ones. Messages
   * never contain them.
   */
  List<String> secrets(Setting setting) throws ServletException {
    List<String> secrets = new ArrayList<>();
    String text = text(setting);
    String[] parts = text == null ? new String[0] : text.split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      String secret = parts[i].trim();
      if (secret.length() < SHORTEST_SECRET) {
        String which = parts.length == 1 ? "" : "secret " + (i + 1) + " of ";
        throw wrong(
            which + "the " + setting.parameter() + " has " + secret.length() + " characters",
            SHORTEST_SECRET + " and more for each, the newest first, separated by commas");
      }
      secrets.add(secret);
    }
    return secrets;
  }

  /**
   * Returns a value that the parser may reject by an IllegalArgumentException; null when it is not
   * set.
   */
  <T> @Nullable T parsed(Setting setting, Function<String, T> parser, String accepted)
      throws ServletException {
    SettingValue value = SettingValue.of(setting, config);
    if (value == null) {
      return null;
    }
    try {
      return parser.apply(value.text);
    } catch (IllegalArgumentException e) {
      throw wrong(value + ", which is wrong: " + e.getMessage(), accepted);
    }
  }

  /** Returns a path inside of the application. */
  @Nullable String path(Setting setting) throws ServletException {
    SettingValue value = SettingValue.of(setting, config);
    if (value != null && !value.text.startsWith("/")) {
      throw wrong(value, "paths inside the web application that begin with /");
    }
    return value == null ? null : value.text;
  }

  ServletException wrong(Object what, String accepted) {
    return new ServletException(
        "Filter '" + config.getFilterName() + "': " + what + "; accepted are " + accepted);
  }
}
