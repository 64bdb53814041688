package io.github.conflictguard.servlet.rule;

import java.util.Locale;

/** What the filter does where a rule applies. */
public enum Mode {
  /** The filter does nothing: the request passes unchanged. */
  OFF,

  /** The filter counts what it would have refused and does not change any response. */
  OBSERVE,

  /** The filter adds tags, evaluates preconditions, locks and sends responses. */
  PROTECT;

  /** Returns the name in settings and rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
