package io.github.conflictguard.conflict;

import org.jspecify.annotations.Nullable;

/**
 * Implemented by exceptions that know their own kind. They are believed before any other evidence,
 * on top or wrapped in anything.
 */
public interface ClassifiedConflict {

  /** What the request ran into. */
  ConflictKind kind();

  /** The violated constraint, see {@link Conflict#constraint()}. Null unless overridden. */
  default @Nullable String constraint() {
    return null;
  }
}
