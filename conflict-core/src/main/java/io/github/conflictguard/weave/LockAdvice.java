package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link RetryAdvice}, for a method that holds a lock while it runs. The only advice with an
 * overhead on a normal return.
 */
final class LockAdvice {

  private LockAdvice() {}

  /**
   * Skips the body if a Throwable is returned: the lock could not be acquired. If the guard's
   * classes are missing, the body runs; other errors, such as a stack overflow, leave the method,
   * because running without the lock would be worse.
   */
  @SuppressWarnings("UnusedVariable") // Read by the exit advice.
  @Advice.OnMethodEnter(skipOn = Throwable.class, suppress = LinkageError.class)
  static @Nullable Object onEnter(
      @Advice.Local("begunAt") long begunAt,
      @Advice.Local("given") Object[] given,
      @PolicyConstant String policy,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @Advice.AllArguments Object[] arguments) {
    begunAt = WovenGuard.begin();
    given = arguments;
    return WovenGuard.enter(policy, self, given);
  }

  /**
   * Returns whether the body is to run again. Allocates nothing before the lock is released: the
   * arguments are those that were collected before it was acquired.
   */
  @Advice.OnMethodExit(
      onThrowable = Throwable.class,
      suppress = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  static boolean onExit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Local("begunAt") long begunAt,
      @Advice.Local("given") Object[] given,
      @Advice.Local("attempts") @Nullable Object attempts,
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Throwable thrown,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @Advice.Origin Class<?> type,
      @PolicyConstant String policy) {
    if (entered instanceof Throwable) {
      thrown = (Throwable) entered;
      return false;
    }
    if (thrown != null) {
      attempts =
          WovenGuard.failedUnderLock(
              entered, attempts, thrown, policy, self == null ? type : self, begunAt, given);
      if (WovenGuard.repeats(attempts)) {
        return true;
      }
      thrown = WovenGuard.outcome(attempts);
      return false;
    }
    WovenGuard.leave(entered);
    if (attempts != null) {
      WovenGuard.overcome(attempts);
    }
    return false;
  }
}
