package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictClassifiers;
import io.github.conflictguard.conflict.ConflictKind;
import org.jspecify.annotations.Nullable;

/**
 * The run-time entry of the guard: what woven code calls, and what {@code ConflictFilter} asks.
 *
 * <p>Asks the application's own classifiers too, see {@link ConflictClassifiers#ofApplication()}.
 *
 * <p>Safe for use by several threads.
 */
public final class ConflictGuard {

  private static final ConflictClassifier CLASSIFIER = ConflictClassifiers.ofApplication();

  private ConflictGuard() {}

  /**
   * What has to leave a guarded method in place of what its body threw.
   *
   * @return a {@link ConflictException} for a conflict; otherwise the very same instance, also when
   *     it already is one of this package's exceptions
   */
  public static Throwable translate(Throwable thrown) {
    return GuardPolicy.plain().translate(thrown);
  }

  /**
   * The kind of conflict that a throwable, or what it wraps, reports.
   *
   * @return null when it is no conflict; always so for an {@link Error}
   */
  public static @Nullable ConflictKind kindOf(Throwable thrown) {
    return CLASSIFIER.classify(thrown);
  }

  /**
   * The conflict that a throwable, or what it wraps, reports, with the violated constraint where
   * that is known.
   *
   * @return null when it is no conflict; always so for an {@link Error}
   */
  public static @Nullable Conflict conflictIn(Throwable thrown) {
    return CLASSIFIER.conflictIn(thrown);
  }
}
