package io.github.conflictguard.servlet.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings that had another name before, or are gone, each with the text of a message. */
final class RenamedSettings {

  private static final Map<String, String> MESSAGES = new LinkedHashMap<>();

  static {
    String always = "no longer exists; leave it out: bodies are always hashed by SHA-256";
    remove("bodyHash", always);
    remove("bodyHashKey", always);
    rename("findBy", "detectBy");
    rename("weakenedTags", "acceptWeakIfMatch");
  }

  private RenamedSettings() {}

  /** Declares another name of a setting. */
  private static void rename(String old, String current) {
    MESSAGES.put(old, "is now called " + current);
  }

  private static void remove(String old, String message) {
    MESSAGES.put(old, message);
  }

  /** Returns the texts by the old names, which they follow in a message. Unmodifiable. */
  static Map<String, String> messages() {
    return Collections.unmodifiableMap(MESSAGES);
  }
}
