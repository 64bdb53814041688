package io.github.conflictguard.servlet.match;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name for a part of a request: {@code id}, or {@code id:number}. Immutable. */
final class Variable {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final String NUMBER = ":number";

  /** Longer than any number in a database, and short enough to be parsed quickly. */
  private static final int MOST_DIGITS = 40;

  private final String name;
  private final boolean number;

  private Variable(String name, boolean number) {
    this.name = name;
    this.number = number;
  }

  static Variable parse(String text) {
    boolean number = text.endsWith(NUMBER);
    String name = number ? text.substring(0, text.length() - NUMBER.length()) : text;
    if (!NAME.matcher(name).matches() || name.equals(Reference.USER)) {
      throw new IllegalArgumentException(
          "'{"
              + text
              + "}' is not a variable; accepted are {name} and {name:number}, where the name is made"
              + " of letters, digits, _ and -, and is not 'user'");
    }
    return new Variable(name, number);
  }

  String name() {
    return name;
  }

  /**
   * Captures a value, and returns whether it is valid. A number is normalized, so that {@code 7}
   * and {@code 007} are one resource, as they are in the application.
   */
  boolean capture(String value, Map<String, String> captured) {
    String canonical = number ? canonicalNumber(value) : value;
    if (canonical == null) {
      return false;
    }
    String before = captured.put(name, canonical);
    return before == null || before.equals(canonical);
  }

  /** Returns the normalized number; null when the value is not a number. */
  private static @Nullable String canonicalNumber(String value) {
    if (isCanonical(value)) {
      return value;
    }
    if (value.length() > MOST_DIGITS) {
      return null;
    }
    try {
      return new BigInteger(value.trim()).toString();
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns whether a number is already normalized, as nearly all are. */
  private static boolean isCanonical(String value) {
    int length = value.length();
    if (length == 0 || length > MOST_DIGITS || (length > 1 && value.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
