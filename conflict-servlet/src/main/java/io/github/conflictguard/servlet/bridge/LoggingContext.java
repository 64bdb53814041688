package io.github.conflictguard.servlet.bridge;

import org.jspecify.annotations.Nullable;

/** The values that a logging library adds to each line of the current thread. Thread-safe. */
public interface LoggingContext {

  /** Returns a value; null if it is not set. */
  @Nullable String get(String key);

  /** Sets a value; null removes it. */
  void set(String key, @Nullable String value);
}
