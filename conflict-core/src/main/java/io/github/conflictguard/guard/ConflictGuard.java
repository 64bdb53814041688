package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictClassifiers;
import io.github.conflictguard.conflict.ConflictKind;
import org.jspecify.annotations.Nullable;

/**
 * The run-time entry of the guard: what woven code calls, and what {@code ConflictFilter} asks.
 *
 * <p>Stateless and safe for use by several threads.
 */
public final class ConflictGuard {

  private static final ConflictClassifier CLASSIFIER = ConflictClassifiers.standard();

  private ConflictGuard() {}

  /**
   * What has to leave a guarded method in place of what its body threw.
   *
   * @return a {@link ConflictException} for a conflict; otherwise the very same instance
   */
  public static Throwable translate(Throwable thrown) {
    if (thrown instanceof ConflictException) {
      return thrown;
    }
    ConflictKind kind = kindOf(thrown);
    return kind == null ? thrown : new ConflictException(kind, thrown);
  }

  /**
   * The kind of conflict that a throwable, or what it wraps, reports.
   *
   * @return null when it is no conflict; always so for an {@link Error}
   */
  public static @Nullable ConflictKind kindOf(Throwable thrown) {
    return CLASSIFIER.classify(thrown);
  }
}
