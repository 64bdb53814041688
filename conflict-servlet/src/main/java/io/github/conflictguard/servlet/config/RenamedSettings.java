package io.github.conflictguard.servlet.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The former names of settings, and removed settings, each with a message text. */
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

  /** Returns the texts by old name, to be appended to it in a message. Unmodifiable. */
  static Map<String, String> messages() {
    return Collections.unmodifiableMap(MESSAGES);
  }
}
