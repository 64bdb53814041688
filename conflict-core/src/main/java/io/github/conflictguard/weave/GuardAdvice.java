package io.github.conflictguard.weave;

import io.github.conflictguard.guard.WovenGuard;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * The code that is copied to the end of a guarded method that has neither retry nor lock. It
 * contains no logic, and a normal return has no overhead: the code is in an exception handler.
 *
 * <p>It is copied into class files of any version and therefore does not use lambdas, string
 * concatenation and class literals.
 */
final class GuardAdvice {

  private GuardAdvice() {}

  /** Suppresses its own failures: the exception of the application must never be lost. */
  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void onExit(
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Throwable thrown,
      @PolicyConstant String policy) {
    if (thrown != null) {
      thrown = WovenGuard.translate(thrown, policy);
    }
  }
}
