package io.github.conflictguard.guard;

/**
 * Work without a result, for {@link ConflictGuard#run(GuardPolicy, GuardedRun)}.
 *
 * @param <X> the exception that the work may throw; {@link RuntimeException} if none is checked
 */
@FunctionalInterface
public interface GuardedRun<X extends Exception> {

  /** Runs the work, once for each attempt. */
  void run() throws X;
}
