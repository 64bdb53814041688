package io.github.conflictguard.guard;

import io.github.conflictguard.recorder.Recordings;
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

  /** What has to leave a method with neither retry nor lock, in place of what its body threw. */
  public static Throwable translate(Throwable thrown, String policy) {
    try {
      return PolicyText.policyOf(policy).translate(thrown);
    } catch (RuntimeException e) {
      return thrown;
    }
  }

  /** Called when a method begins that may run again. */
  public static void begin() {
    CurrentCheck.expectToBeAsked();
  }

  /**
   * Takes the lock that a method asks for, which may run again as well.
   *
   * @param self null in a static method
   * @return what to give to {@link #leave}, or a Throwable that has to leave the method in place of
   *     running its body; null when no lock is asked for
   */
  public static @Nullable Object enter(String policy, @Nullable Object self, Object[] arguments) {
    begin();
    try {
      return GuardLocks.OF_APPLICATION.enter(PolicyText.policyOf(policy), self, arguments);
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
   * @return the state, for {@link #repeats} and {@link #outcome}
   */
  public static Object failed(
      @Nullable Object state, Throwable thrown, String policy, @Nullable Object monitor) {
    try {
      Attempts attempts = state instanceof Attempts ? (Attempts) state : begun(policy);
      attempts.failed(thrown, monitor);
      return attempts;
    } catch (RuntimeException | LinkageError e) {
      return thrown;
    }
  }

  private static Attempts begun(String text) {
    GuardPolicy policy = PolicyText.policyOf(text);
    return Attempts.of(policy, policy.handler);
  }

  /** Whether the body has to run again. */
  public static boolean repeats(@Nullable Object state) {
    return state instanceof Attempts && ((Attempts) state).outcome() == null;
  }

  /** What has to leave the method when the body does not run again; null when it does. */
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

  /** Called when the body has returned after it had failed: what was noted of it does not count. */
  public static void overcome() {
    Recordings.stored();
  }
}
