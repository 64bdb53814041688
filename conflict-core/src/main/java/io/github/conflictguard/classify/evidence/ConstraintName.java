package io.github.conflictguard.classify.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of constraints, on the way out of a driver's message. */
public final class ConstraintName {

  /** No product allows longer names; Db2 and SQL Server allow this. */
  private static final int MAX_LENGTH = 128;

  /** Long enough for every message up to the name, short enough for any regular expression. */
  private static final int MAX_MESSAGE = 4096;

  private ConstraintName() {}

  /**
   * What the first group of the pattern finds in a message, or null. The pattern holds on to the
   * beginning of the message: all that comes after the first value may imitate anything.
   */
  public static @Nullable String find(Pattern pattern, String message) {
    String beginning = message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    Matcher matcher = pattern.matcher(beginning);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** The last part of a name with schema or table in front. */
  public static @Nullable String unqualified(@Nullable String name) {
    return name == null ? null : name.substring(name.lastIndexOf('.') + 1);
  }

  /** The name without quotes; null when it is no name at all. */
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
