package io.github.conflictguard.guard;

/**
 * Takes the place of work that a conflict has ended, for {@link ConflictGuard#call(GuardPolicy,
 * GuardedCall, GuardedRecovery)}.
 *
 * @param <T> the result
 * @param <X> what it may throw; {@link RuntimeException} if nothing is checked
 */
@FunctionalInterface
public interface GuardedRecovery<T, X extends Exception> {

  /** Returns the result in place of the work, or throws what is to leave. */
  T recover(ConflictException conflict) throws X;
}
