package io.github.conflictguard.servlet.match;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The former names of fields of the rules file, for messages that contain the new name. */
final class RenamedFields {

  /** Old name to new name, and other changes. */
  private static final Map<String, String[]> RENAMED = new LinkedHashMap<>();

  static {
    rename("answers", "conflictResponses", "");
    rename("ask", "allowInternalGet", "");
    rename("early", "earlyNotModified", "");
    rename("strip", "stripToken", "");
    rename("swallowed", "suspectResponses", "");
    rename("once", "resubmit", "its value 'off' is now 'allow'");
  }

  private RenamedFields() {}

  private static void rename(String old, String current, String change) {
    RENAMED.put(old, new String[] {current, change});
  }

  /** Returns the old names. */
  static Set<String> names() {
    return Collections.unmodifiableSet(RENAMED.keySet());
  }

  /** Returns the new name of a field; null when the name was never that of a field. */
  public static @Nullable String currentName(String old) {
    String[] renamed = RENAMED.get(old);
    return renamed == null ? null : renamed[0];
  }

  /** Returns a message about an old name, to be appended to its place. */
  public static String message(String old) {
    String[] renamed = RENAMED.get(old);
    if (renamed == null) {
      throw new IllegalArgumentException(old);
    }
    String change = renamed[1].isEmpty() ? "" : ", and " + renamed[1];
    return "has the field '" + old + "', which is now called '" + renamed[0] + "'" + change;
  }
}
