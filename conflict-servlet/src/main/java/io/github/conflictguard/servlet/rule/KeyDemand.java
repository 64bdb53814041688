package io.github.conflictguard.servlet.rule;

import java.util.Locale;

/** Whether the writes of a rule carry an idempotency key. */
public enum KeyDemand {
  /** A write may carry a key; then it is executed once. */
  ACCEPTED,
  /** A write without a key is refused. */
  REQUIRED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** Returns the name in the rules file. */
  public String code() {
    return code;
  }
}
