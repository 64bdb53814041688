package io.github.conflictguard.servlet.rule;

import java.util.Locale;

/** What happens to the writes of a rule while the store of the nodes cannot be used. */
public enum WithoutStore {

  /** They are refused, so that no update is lost. */
  REFUSE,

  /** They are executed, and protected against writes of the same JVM only. */
  LOCAL;

  /** Returns the name in the rules file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
