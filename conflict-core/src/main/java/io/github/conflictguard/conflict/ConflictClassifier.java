package io.github.conflictguard.conflict;

import io.github.conflictguard.classify.ConflictClassifiers;
import org.jspecify.annotations.Nullable;

/**
 * Says which kind of conflict a throwable reports, if any. See {@link ConflictClassifiers} for the
 * one that comes with the toolkit.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface ConflictClassifier {

  /**
   * Classifies a throwable together with what it wraps.
   *
   * @return the kind, or null when the throwable is no conflict and has to go on as it is
   */
  @Nullable ConflictKind classify(Throwable thrown);

  /**
   * Returns whether the throwable is no conflict, whatever other classifiers find in it: those that
   * are asked later, and the evidence of the toolkit, are then not asked. Unless overridden, false.
   */
  default boolean excludes(Throwable thrown) {
    return false;
  }

  /**
   * Like {@link #classify}, and tells the violated constraint as well. Unless overridden, without
   * the constraint.
   *
   * @return null exactly when {@link #classify} returns null
   */
  default @Nullable Conflict conflictIn(Throwable thrown) {
    ConflictKind kind = classify(thrown);
    return kind == null ? null : Conflict.of(kind);
  }
}
