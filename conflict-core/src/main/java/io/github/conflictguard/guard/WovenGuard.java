package io.github.conflictguard.guard;

import io.github.conflictguard.recorder.Recordings;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Entry points for the code that the weaver inserts into guarded methods. Not meant for direct use;
 * see {@link ConflictGuard#call(GuardPolicy, GuardedCall)} instead.
 *
 * <p>No method here throws, so that the exception of the application is never lost. Each policy is
 * passed as the text of a {@link GuardPolicy}, a constant.
 */
public final class WovenGuard {

  private static final Object[] NO_ARGUMENTS = {};
  private static final Logger LOG = Logger.getLogger(WovenGuard.class.getName());

  private WovenGuard() {}

  /** Translates a throwable into the one that a method without retry and lock should throw. */
  public static Throwable translate(Throwable thrown, String policy) {
    try {
      return thrown instanceof Error || CurrentCheck.isOff()
          ? thrown
          : new FailureHandling(PolicyCodec.policyOf(policy)).translate(thrown);
    } catch (RuntimeException | LinkageError e) {
      return thrown;
    }
  }

  /**
   * Called when a method that may be repeated begins.
   *
   * @return the value to pass to {@link #failed}
   */
  public static long begin() {
    CurrentCheck.expectToBeAsked();
    return CurrentCheck.now();
  }

  /**
   * Acquires the lock of a method, which may be repeated as well.
   *
   * @param self null for a static method
   * @return the value to pass to {@link #leave}, or a Throwable that the method should throw
   *     without running its body; null if no lock is required
   */
  public static @Nullable Object enter(String policy, @Nullable Object self, Object[] arguments) {
    try {
      return GuardLocks.OF_APPLICATION.enter(PolicyCodec.policyOf(policy), self, arguments);
    } catch (RuntimeException e) {
      return e;
    }
  }

  /**
   * Decides how to proceed after an exceptional exit of a method with retry or lock. If the body is
   * to run again, the wait is over on return.
   *
   * @param state the previous result of this method for the same invocation; null the first time
   * @param monitor this, or the class for a static method
   * @param begunAt the result of {@link #begin}
   * @param arguments the arguments of the invocation
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
      return thrown; // Does not allocate: memory may be exhausted.
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

  /** As {@link #failed}, and releases the lock unless the body is to run again. */
  public static Object failedUnderLock(
      @Nullable Object entered,
      @Nullable Object state,
      Throwable thrown,
      String policy,
      @Nullable Object monitor,
      long begunAt,
      Object[] arguments) {
    boolean repeats = false;
    try {
      Object next = failed(state, thrown, policy, monitor, begunAt, arguments);
      repeats = repeats(next);
      return next;
    } finally {
      if (!repeats) {
        leave(entered);
      }
    }
  }

  /** Returns whether the body is to run again. */
  public static boolean repeats(@Nullable Object state) {
    return state instanceof Attempts && ((Attempts) state).outcome() == null;
  }

  /**
   * Returns the throwable that the method should throw if the body does not run again; null if it
   * does.
   */
  public static @Nullable Throwable outcome(@Nullable Object state) {
    return state instanceof Attempts ? ((Attempts) state).outcome() : (Throwable) state;
  }

  /**
   * Releases the lock, at each exit after which the body does not run again.
   *
   * @param entered the result of {@link #enter}; ignored if it is not a lock
   */
  public static void leave(@Nullable Object entered) {
    if (entered instanceof GuardLocks.Held) {
      ((GuardLocks.Held) entered).leave();
    }
  }

  /**
   * Tracks the completion of a method's result: on completion, conflicts are translated and the
   * lock is released.
   *
   * @param entered the result of {@link #enter}
   * @return the value that the method should return
   */
  public static @Nullable Object completing(
      @Nullable Object returned, @Nullable Object entered, String policy) {
    return completing(returned, entered, policy, null, Recovery.NOWHERE, null, NO_ARGUMENTS);
  }

  /**
   * As {@link #completing(Object, Object, String)}, with a recover method for failures of the work.
   *
   * @param method null if it could not be linked
   */
  public static @Nullable Object completing(
      @Nullable Object returned,
      @Nullable Object entered,
      String policy,
      @Nullable MethodHandle method,
      int place,
      @Nullable Object self,
      Object[] arguments) {
    if (!(returned instanceof CompletionStage)) {
      leave(entered);
      return returned;
    }
    GuardLocks.Later later = null;
    try {
      later = entered instanceof GuardLocks.Held ? ((GuardLocks.Held) entered).leaveLater() : null;
      GuardPolicy guard = PolicyCodec.policyOf(policy);
      Recovery recovery =
          method == null || guard.values.recover == null
              ? null
              : new Recovery(method, place, self, arguments);
      return GuardedStage.of((CompletionStage<?>) returned, guard, later, recovery);
    } catch (Throwable e) {
      if (later != null) {
        later.leave();
      }
      return returned; // It belongs to the application, whether it is guarded or not.
    }
  }

  /**
   * Calls the recover method of a guarded method in place of throwing a failure.
   *
   * @param method the recover method; null if it could not be linked
   * @param place the position of the exception: 0 none, 1 first, 2 last
   * @param self null for a static method
   * @param arguments the arguments of the invocation
   * @return for {@link #failureOf} and {@link #resultOf}; null if the failure is not handled
   */
  public static @Nullable Object recover(
      Throwable left,
      String policy,
      @Nullable MethodHandle method,
      int place,
      @Nullable Object self,
      Object[] arguments) {
    try {
      GuardPolicy guard =
          method == null || left instanceof Error ? null : PolicyCodec.policyOf(policy);
      return method == null || guard == null || guard.values.recover == null
          ? null
          : new Recovery(method, place, self, arguments).from(left, guard);
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Returns the throwable of a recover method; null if that has returned. */
  public static @Nullable Throwable failureOf(Object recovered) {
    return ((Recovery.Recovered) recovered).thrown;
  }

  /** Returns the result of a recover method. */
  public static @Nullable Object resultOf(Object recovered) {
    return ((Recovery.Recovered) recovered).result;
  }

  /**
   * Reports a recover method that the JVM cannot link, because it was removed or changed after the
   * weaving. Conflicts are then thrown as if the guarded method had none.
   */
  public static void notLinked(String policy, Throwable failure) {
    try {
      GuardPolicy guard = PolicyCodec.policyOf(policy);
      LOG.log(
          Level.WARNING,
          guard.values.handler
              + ": the recover method "
              + guard.values.recover
              + " of the weaving cannot be called any more, and conflicts are thrown; weave anew",
          failure);
    } catch (Throwable e) {
      // The exception of the application must not be lost.
    }
  }

  /**
   * Called when the body has returned after a failure: conflicts recorded for it are dropped.
   *
   * @param state the most recent result of {@link #failed}
   */
  public static void overcome(@Nullable Object state) {
    if (state instanceof Attempts) {
      Recordings.stored();
      ((Attempts) state).succeeded();
    }
  }
}
