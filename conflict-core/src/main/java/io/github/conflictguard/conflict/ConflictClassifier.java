package io.github.conflictguard.conflict;

import io.github.conflictguard.classify.ConflictClassifiers;
import org.jspecify.annotations.Nullable;

/**
 * Determines which kind of conflict a throwable reports, if any. See {@link ConflictClassifiers}
 * for the standard implementation.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface ConflictClassifier {

  /**
   * Classifies a throwable together with the throwables it wraps.
   *
   * @return the kind, or null when the throwable is not a conflict and has to be propagated
   *     unchanged
   */
  @Nullable ConflictKind classify(Throwable thrown);

  /**
   * Returns whether the throwable is not a conflict, whatever other classifiers would find in it:
   * classifiers that come later, and the standard evidence, are then not consulted. Returns false
   * unless overridden.
   */
  default boolean excludes(Throwable thrown) {
    return false;
  }

  /**
   * Classifies like {@link #classify}, and includes the violated constraint. Unless overridden, the
   * result has no constraint.
   *
   * @return null exactly when {@link #classify} returns null
   */
  default @Nullable Conflict conflictIn(Throwable thrown) {
    ConflictKind kind = classify(thrown);
    return kind == null ? null : Conflict.of(kind);
  }
}
