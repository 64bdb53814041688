package io.github.conflictguard.guard;

import io.github.conflictguard.classify.NamedException;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.recorder.Recordings;
import io.github.conflictguard.transaction.RollbackNotice;
import org.jspecify.annotations.Nullable;

/**
 * The handling of a failure of guarded code, as its policy defines it: whether the code is
 * repeated, what it throws, and what is passed to its recover method. Immutable and thread-safe.
 */
final class FailureHandling {

  private final GuardPolicy policy;
  private final PolicyValues values;

  FailureHandling(GuardPolicy policy) {
    this.policy = policy;
    this.values = policy.values;
  }

  /** Returns whether the body runs again after this failure, if it is repeated at all. */
  boolean repeats(Throwable thrown, @Nullable Conflict conflict) {
    if (values.off || (conflict != null && !policy.concerns(conflict.kind()))) {
      return false;
    }
    return NamedException.isAmong(values.retryOnExceptions, thrown)
        || (conflict != null && policy.repeats(conflict.kind()));
  }

  /** Translates a throwable into the one that the guarded method should throw. */
  Throwable translate(Throwable thrown) {
    Conflict conflict = ConflictGuard.conflictIn(thrown);
    tellIfUntranslated(thrown, conflict);
    return translate(thrown, conflict, "");
  }

  /**
   * Records a conflict that is rethrown unchanged, so that the filter detects it if the application
   * catches it.
   */
  void tellIfUntranslated(Throwable thrown, @Nullable Conflict conflict) {
    if (!values.off && !values.translates && conflict != null && policy.concerns(conflict.kind())) {
      Recordings.note(thrown);
    }
  }

  /**
   * Translates a throwable into the one that the guarded method should throw.
   *
   * @param conflict the conflict detected in it
   * @param remark for the log, appended to the message
   */
  Throwable translate(Throwable thrown, @Nullable Conflict conflict, String remark) {
    if (values.off
        || !values.translates
        || thrown instanceof ConflictException
        || thrown instanceof WrongStateException
        || thrown instanceof BusinessRuleException
        || conflict == null
        || !policy.concerns(conflict.kind())) {
      return thrown;
    }
    RollbackNotice.giveFor(values.handler, thrown);
    return new ConflictException(conflict, thrown, remark, values.handler, values.statusProfile);
  }

  /**
   * Returns the failure to pass to a recover method in place of throwing it from the guarded code.
   *
   * @return a {@link ConflictException} for a conflict, and the failure itself if it is named as
   *     one to repeat after; null for all others
   */
  @Nullable Throwable failureToRecoverFrom(Throwable left) {
    if (values.off || left instanceof Error || CurrentCheck.isOff()) {
      return null;
    }
    if (left instanceof ConflictException) {
      ConflictException conflict = (ConflictException) left;
      return policy.concerns(conflict.kind()) || values.handler.equals(conflict.handler())
          ? conflict
          : null;
    }
    Conflict conflict = ConflictGuard.conflictIn(left);
    if (conflict != null) {
      return policy.concerns(conflict.kind())
          ? new ConflictException(conflict, left, "", values.handler, values.statusProfile)
          : null;
    }
    return NamedException.isAmong(values.retryOnExceptions, left) ? left : null;
  }
}
