package io.github.conflictguard.guard;

/**
 * Work without a result, for {@link ConflictGuard#run(GuardPolicy, GuardedRun)}.
 *
 * @param <X> what the work may throw; {@link RuntimeException} if nothing is checked
 */
@FunctionalInterface
public interface GuardedRun<X extends Exception> {

  /** Does the work, once for each attempt. */
  void run() throws X;
}
