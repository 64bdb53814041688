package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link LockAdvice}, with or without a lock, for a method that returns a {@code
 * CompletionStage}: its work ends when that is completed.
 */
final class StageAdvice {

  private StageAdvice() {}

  @Advice.OnMethodEnter(skipOn = Throwable.class, suppress = LinkageError.class)
  static @Nullable Object onEnter(
      @PolicyConstant String policy,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @Advice.AllArguments Object[] arguments) {
    return WovenGuard.enter(policy, self, arguments);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void onExit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Throwable thrown,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @PolicyConstant String policy) {
    if (entered instanceof Throwable) {
      thrown = (Throwable) entered;
    } else if (thrown != null) {
      WovenGuard.leave(entered);
      thrown = WovenGuard.translate(thrown, policy);
    } else {
      returned = WovenGuard.completing(returned, entered, policy);
    }
  }
}
