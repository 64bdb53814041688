package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link GuardAdvice}, for a method that may run again. Before its body is repeated, its
 * parameters are reset to the original arguments, even if the body has assigned them.
 */
final class RetryAdvice {

  private RetryAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static long onEnter() {
    return WovenGuard.begin();
  }

  /** Returns whether the body is to run again. */
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
