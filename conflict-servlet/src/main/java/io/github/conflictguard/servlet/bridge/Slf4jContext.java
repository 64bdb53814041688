package io.github.conflictguard.servlet.bridge;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The {@code MDC} of SLF4J. Loaded by name. */
final class Slf4jContext implements LoggingContext {

  /** Creates the context; fails if there is no SLF4J. */
  Slf4jContext() {
    MDC.get(RequestLogging.RULE);
  }

  @Override
  public @Nullable String get(String key) {
    return MDC.get(key);
  }

  @Override
  public void set(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
