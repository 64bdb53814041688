package io.github.conflictguard.conflict;

import org.jspecify.annotations.Nullable;

/**
 * Implemented by exceptions that declare the kind of their conflict. They take precedence over any
 * other evidence, on top or wrapped in any exception.
 */
public interface ClassifiedConflict {

  /** Returns the kind of the conflict. */
  ConflictKind kind();

  /** Returns the violated constraint, see {@link Conflict#constraint()}. Null unless overridden. */
  default @Nullable String constraint() {
    return null;
  }
}
