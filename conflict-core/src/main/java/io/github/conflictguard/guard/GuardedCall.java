package io.github.conflictguard.guard;

/**
 * Work with a result, for {@link ConflictGuard#call(GuardPolicy, GuardedCall)}.
 *
 * @param <T> the result
 * @param <X> what the work may throw; {@link RuntimeException} if nothing is checked
 */
@FunctionalInterface
public interface GuardedCall<T, X extends Exception> {

  /** Does the work, once for each attempt. */
  T call() throws X;
}
