package io.github.conflictguard.guard;

import io.github.conflictguard.recorder.Recordings;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the code calls that the weaver puts into guarded methods. Not meant to be called by hand; by
 * hand there is {@link ConflictGuard#call(GuardPolicy, GuardedCall)}.
 *
 * <p>Nothing here throws: the exception of the application must never get lost. Each policy comes
 * as the text of a {@link GuardPolicy}, a constant.
 */
public final class WovenGuard {

  private WovenGuard() {}

  /**
   * Translates what the body of a method with neither retry nor lock has thrown into what has to
   * leave the method.
   */
  public static Throwable translate(Throwable thrown, String policy) {
    try {
      return thrown instanceof Error || CurrentCheck.isOff()
          ? thrown
          : PolicyCodec.policyOf(policy).translate(thrown);
    } catch (RuntimeException | LinkageError e) {
      return thrown;
    }
  }

  /**
   * Called when a method begins that may run again.
   *
   * @return to be given to {@link #failed}
   */
  public static long begin() {
    CurrentCheck.expectToBeAsked();
    return CurrentCheck.now();
  }

  /**
   * Takes the lock that a method asks for, which may run again as well.
   *
   * @param self null in a static method
   * @return what to give to {@link #leave}, or a Throwable that has to leave the method in place of
   *     running its body; null when no lock is asked for
   */
  public static @Nullable Object enter(String policy, @Nullable Object self, Object[] arguments) {
    try {
      return GuardLocks.OF_APPLICATION.enter(PolicyCodec.policyOf(policy), self, arguments);
    } catch (RuntimeException e) {
      return e;
    }
  }

  /**
   * Decides what follows from an exceptional exit of a method with retry or lock. When the body has
   * to run again, the wait is over on return.
   *
   * @param state what this method has returned for the same invocation before; null the first time
   * @param monitor this, or the class in a static method
   * @param begunAt what {@link #begin} has returned
   * @param arguments those of the invocation
   * @return the state, for {@link #repeats} and {@link #outcome}
   */
  public static Object failed(
      @Nullable Object state,
      Throwable thrown,
      String policy,
      @Nullable Object monitor,
      long begunAt,
      Object[] arguments) {
    if (thrown instanceof Error) {
      return thrown; // Without an allocation: there may be no memory.
    }
    try {
      Attempts attempts =
          state instanceof Attempts
              ? (Attempts) state
              : Attempts.of(PolicyCodec.policyOf(policy), arguments, begunAt);
      attempts.failed(thrown, monitor);
      return attempts;
    } catch (RuntimeException | Error e) {
      return thrown;
    }
  }

  /** As {@link #failed}, and gives the lock back unless the body has to run again. */
  public static Object failedUnderLock(
      @Nullable Object entered,
      @Nullable Object state,
      Throwable thrown,
      String policy,
      @Nullable Object monitor,
      long begunAt,
      Object[] arguments) {
    Object next = thrown;
    try {
      next = failed(state, thrown, policy, monitor, begunAt, arguments);
    } finally {
      if (!repeats(next)) {
        leave(entered);
      }
    }
    return next;
  }

  /** Returns whether the body has to run again. */
  public static boolean repeats(@Nullable Object state) {
    return state instanceof Attempts && ((Attempts) state).outcome() == null;
  }

  /** Returns what has to leave the method when the body does not run again; null when it does. */
  public static @Nullable Throwable outcome(@Nullable Object state) {
    return state instanceof Attempts ? ((Attempts) state).outcome() : (Throwable) state;
  }

  /**
   * Gives the lock back, at every exit after which the body does not run again.
   *
   * @param entered what {@link #enter} has returned; anything that is no lock is passed over
   */
  public static void leave(@Nullable Object entered) {
    if (entered instanceof GuardLocks.Held) {
      ((GuardLocks.Held) entered).leave();
    }
  }

  /**
   * Follows the completion of what a method returns: conflicts are translated and the lock is given
   * back then.
   *
   * @param entered what {@link #enter} has returned
   * @return what the method has to return
   */
  public static @Nullable Object completing(
      @Nullable Object returned, @Nullable Object entered, String policy) {
    return completing(returned, entered, policy, null);
  }

  private static @Nullable Object completing(
      @Nullable Object returned,
      @Nullable Object entered,
      String policy,
      @Nullable Recovery recovery) {
    GuardPolicy guard = null;
    try {
      guard = returned instanceof CompletionStage ? PolicyCodec.policyOf(policy) : null;
    } catch (RuntimeException | LinkageError e) {
      // What is returned is the application's, guarded or not.
    }
    if (guard == null || !(returned instanceof CompletionStage)) {
      leave(entered);
      return returned;
    }
    try {
      return GuardedStage.of(
          (CompletionStage<?>) returned,
          guard,
          entered instanceof GuardLocks.Held ? (GuardLocks.Held) entered : null,
          guard.recover == null ? null : recovery);
    } catch (Throwable e) {
      return returned; // The lock has been given back.
    }
  }

  /**
   * Calls the recover method of a guarded method for what would leave that.
   *
   * @param method the recover method
   * @param place where it takes the exception: 0 nowhere, 1 first, 2 last
   * @param self null in a static method
   * @param arguments those of the invocation
   * @return for {@link #failureOf} and {@link #resultOf}; null where nothing recovers
   */
  public static @Nullable Object recover(
      Throwable left,
      String policy,
      MethodHandle method,
      int place,
      @Nullable Object self,
      Object[] arguments) {
    try {
      GuardPolicy guard = left instanceof Error ? null : PolicyCodec.policyOf(policy);
      return guard == null || guard.recover == null
          ? null
          : new Recovery(method, place, self, arguments).from(left, guard);
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Returns what has left a recover method; null where that has returned. */
  public static @Nullable Throwable failureOf(Object recovered) {
    return ((Recovery.Recovered) recovered).thrown;
  }

  /** Returns what a recover method has returned. */
  public static @Nullable Object resultOf(Object recovered) {
    return ((Recovery.Recovered) recovered).result;
  }

  /** As {@link #completing}, with a recover method for what the work fails with. */
  public static @Nullable Object completing(
      @Nullable Object returned,
      @Nullable Object entered,
      String policy,
      MethodHandle method,
      int place,
      @Nullable Object self,
      Object[] arguments) {
    return completing(returned, entered, policy, new Recovery(method, place, self, arguments));
  }

  /**
   * Called when the body has returned after it had failed: what was noted of it does not count.
   *
   * @param state what {@link #failed} has returned last
   */
  public static void overcome(@Nullable Object state) {
    if (state instanceof Attempts) {
      Recordings.stored();
      ((Attempts) state).succeeded();
    }
  }
}
