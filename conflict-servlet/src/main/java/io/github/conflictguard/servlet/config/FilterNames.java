package io.github.conflictguard.servlet.config;

import java.util.logging.Logger;

/** The names by which web applications and operators refer to the filter. */
public final class FilterNames {

  /** The name of the filter class, which is also that of the filter's logger. */
  public static final String FILTER = "io.github.conflictguard.servlet.ConflictFilter";

  /** The attribute of the servlet context with the application's listeners. */
  public static final String LISTENERS = "io.github.conflictguard.listeners";

  private FilterNames() {}

  /** Returns the one logger of the filter. */
  public static Logger log() {
    return Logger.getLogger(FILTER);
  }
}
