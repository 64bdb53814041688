package io.github.conflictguard.servlet.config;

import java.util.Locale;

/** How the people behind conflicts are named. */
public enum ActorNames {
  /** Not at all. */
  HIDDEN,

  /** By a pseudonym that is stable until the application is restarted. */
  PSEUDONYM,

  /** By the name with which they have logged in. */
  NAME;

  /** Returns the name in settings. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
