package io.github.conflictguard.classify.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Extracts the names of constraints from messages of drivers. */
public final class ConstraintName {

  /** The longest name that any product allows (Db2 and SQL Server). */
  private static final int MAX_LENGTH = 128;

  /**
   * Long enough for the part of a message that contains the name, short enough for any regular
   * expression.
   */
  private static final int MAX_MESSAGE = 4096;

  private ConstraintName() {}

  /**
   * Returns the match of the pattern's first group in a message, or null. The pattern must be
   * anchored at the beginning of the message: any text after the first value may imitate a name.
   */
  public static @Nullable String find(Pattern pattern, String message) {
    String beginning = message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    Matcher matcher = pattern.matcher(beginning);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Returns the last part of a name qualified by schema or table. */
  public static @Nullable String unqualified(@Nullable String name) {
    return name == null ? null : name.substring(name.lastIndexOf('.') + 1);
  }

  /** Returns the name without quotes; null when it is not a name. */
  public static @Nullable String clean(@Nullable String reported) {
    if (reported == null) {
      return null;
    }
    String name = reported.trim();
    if (name.length() > 1 && isQuoted(name)) {
      name = name.substring(1, name.length() - 1);
    }
    return name.isEmpty() || name.length() > MAX_LENGTH || hasControl(name) ? null : name;
  }

  private static boolean hasControl(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isQuoted(String name) {
    char first = name.charAt(0);
    return (first == '"' || first == '\'' || first == '`')
        && name.charAt(name.length() - 1) == first;
  }
}
