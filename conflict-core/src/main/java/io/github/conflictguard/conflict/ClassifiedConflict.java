package io.github.conflictguard.conflict;

/**
 * Implemented by exceptions that know their own kind. They are believed before any other evidence,
 * on top or wrapped in anything.
 */
public interface ClassifiedConflict {

  /** What the request ran into. */
  ConflictKind kind();
}
