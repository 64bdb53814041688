package io.github.conflictguard.store;

import java.util.Locale;

/** What protects a commit against writes of other nodes. */
public enum CommitLevel {

  /** Nothing: only writes of the same JVM wait for each other. */
  LOCAL,

  /**
   * The counter was compared immediately before a statement in auto-commit mode: another node can
   * interfere between the two.
   */
  CHECKED,

  /** The counter was compared and advanced in the transaction that was committed. */
  FENCED;

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
