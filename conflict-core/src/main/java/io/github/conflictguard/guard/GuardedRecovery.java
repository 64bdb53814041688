package io.github.conflictguard.guard;

/**
 * Replaces work that has ended with a conflict, for {@link ConflictGuard#call(GuardPolicy,
 * GuardedCall, GuardedRecovery)}.
 *
 * @param <T> the type of the result
 * @param <X> the exception that the recovery may throw; {@link RuntimeException} if none is checked
 */
@FunctionalInterface
public interface GuardedRecovery<T, X extends Exception> {

  /** Returns the result in place of the work, or throws an exception to the caller. */
  T recover(ConflictException conflict) throws X;
}
