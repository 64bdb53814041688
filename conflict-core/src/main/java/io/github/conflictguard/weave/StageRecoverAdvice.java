package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link StageAdvice}, with a recover method for failures of the stage. It is nested in {@link
 * RecoverAdvice}, which handles exceptions of the method itself.
 */
final class StageRecoverAdvice {

  private StageRecoverAdvice() {}

  @SuppressWarnings("UnusedVariable") // Read by the exit advice.
  @Advice.OnMethodEnter(skipOn = Throwable.class, suppress = LinkageError.class)
  static @Nullable Object onEnter(
      @Advice.Local("given") Object[] given,
      @PolicyConstant String policy,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @Advice.AllArguments Object[] arguments) {
    given = arguments;
    return WovenGuard.enter(policy, self, given);
  }

  /** A method that cannot be linked must not prevent the release of the lock. */
  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void onExit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Local("given") Object[] given,
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Throwable thrown,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @PolicyConstant String policy,
      @RecoverMethodHandle MethodHandle method,
      @RecoverPlace int place) {
    if (entered instanceof Throwable) {
      thrown = (Throwable) entered;
    } else if (thrown != null) {
      WovenGuard.leave(entered);
      thrown = WovenGuard.translate(thrown, policy);
    } else {
      MethodHandle linked = null;
      try {
        linked = method;
      } catch (Throwable e) {
        WovenGuard.notLinked(policy, e);
      }
      returned = WovenGuard.completing(returned, entered, policy, linked, place, self, given);
    }
  }
}
