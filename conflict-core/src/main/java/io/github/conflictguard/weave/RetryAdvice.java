package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link GuardAdvice}, for a method that may run again. When its body begins anew, its
 * arguments are what they were at first, whatever the body made of its parameters.
 */
final class RetryAdvice {

  private RetryAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static long onEnter() {
    return WovenGuard.begin();
  }

  /** Returns whether the body has to run again. */
  @Advice.OnMethodExit(
      onThrowable = Throwable.class,
      suppress = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  static boolean onExit(
      @Advice.Enter long begunAt,
      @Advice.Local("attempts") @Nullable Object attempts,
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Throwable thrown,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @Advice.Origin Class<?> type,
      @Advice.AllArguments Object[] arguments,
      @PolicyConstant String policy) {
    if (thrown != null) {
      attempts =
          WovenGuard.failed(
              attempts, thrown, policy, self == null ? type : self, begunAt, arguments);
      if (WovenGuard.repeats(attempts)) {
        return true;
      }
      thrown = WovenGuard.outcome(attempts);
    } else if (attempts != null) {
      WovenGuard.overcome(attempts);
    }
    return false;
  }
}
