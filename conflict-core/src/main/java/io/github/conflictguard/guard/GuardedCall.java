package io.github.conflictguard.guard;

/**
 * Work with a result, for {@link ConflictGuard#call(GuardPolicy, GuardedCall)}.
 *
 * @param <T> the type of the result
 * @param <X> the exception that the work may throw; {@link RuntimeException} if none is checked
 */
@FunctionalInterface
public interface GuardedCall<T, X extends Exception> {

  /** Runs the work, once for each attempt. */
  T call() throws X;
}
