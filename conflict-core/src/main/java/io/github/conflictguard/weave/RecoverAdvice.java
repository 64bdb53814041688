package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * The code that is copied around that of {@link GuardAdvice}, {@link RetryAdvice} or {@link
 * LockAdvice} if the method has a recover method for the exceptions that these throw. A normal
 * return has no overhead.
 */
final class RecoverAdvice {

  private RecoverAdvice() {}

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void onExit(
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Throwable thrown,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) @Nullable Object self,
      @Advice.AllArguments Object[] arguments,
      @PolicyConstant String policy,
      @RecoverMethodHandle MethodHandle method,
      @RecoverPlace int place) {
    if (thrown != null) {
      MethodHandle linked = null;
      try {
        linked = method;
      } catch (LinkageError e) {
        WovenGuard.notLinked(policy, e);
      }
      Object recovered = WovenGuard.recover(thrown, policy, linked, place, self, arguments);
      if (recovered != null) {
        thrown = WovenGuard.failureOf(recovered);
        if (thrown == null) {
          returned = WovenGuard.resultOf(recovered);
        }
      }
    }
  }
}
