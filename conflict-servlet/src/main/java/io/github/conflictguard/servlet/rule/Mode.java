package io.github.conflictguard.servlet.rule;

import java.util.Locale;

/** How much the filter does where a rule applies. */
public enum Mode {
  /** Nothing: the request passes as if there were no filter. */
  OFF,

  /** It counts what it would have refused and changes no byte of any answer. */
  OBSERVE,

  /** It tags, judges, locks and answers. */
  PROTECT;

  /** The name in settings and rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
