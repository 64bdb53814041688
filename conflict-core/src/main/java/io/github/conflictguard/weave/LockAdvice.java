package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link RetryAdvice}, for a method that holds a lock meanwhile. The only one that costs
 * something when the method returns.
 */
final class LockAdvice {

  private LockAdvice() {}

  /** Leaves the body out where a Throwable comes back: the lock was not to be had. */
  @Advice.OnMethodEnter(skipOn = Throwable.class, suppress = Throwable.class)
  static @Nullable Object onEnter(
      @PolicyText String policy,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @Advice.AllArguments Object[] arguments) {
    return WovenGuard.enter(policy, self, arguments);
  }

  /** Says whether the body has to run again. */
  @Advice.OnMethodExit(
      onThrowable = Throwable.class,
      suppress = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  static boolean onExit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Local("attempts") @Nullable Object attempts,
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Throwable thrown,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @PolicyText String policy) {
    if (entered instanceof Throwable) {
      thrown = (Throwable) entered;
      return false;
    }
    if (thrown != null) {
      attempts = WovenGuard.failed(attempts, thrown, policy, self);
      if (WovenGuard.repeats(attempts)) {
        return true;
      }
      thrown = WovenGuard.outcome(attempts);
    } else if (attempts != null) {
      WovenGuard.overcome();
    }
    WovenGuard.leave(entered);
    return false;
  }
}
