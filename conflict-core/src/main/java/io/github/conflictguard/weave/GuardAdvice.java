package io.github.conflictguard.weave;

import io.github.conflictguard.guard.ConflictGuard;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * The code that is copied to the end of every guarded method. It holds no logic, and a method that
 * returns pays one comparison with null.
 *
 * <p>Copied into class files of any age, it must do without lambdas, string concatenation and class
 * literals.
 */
final class GuardAdvice {

  private GuardAdvice() {}

  /** Suppresses its own failures: the exception that the application threw must never get lost. */
  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void onExit(
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) Throwable thrown) {
    if (thrown != null) {
      thrown = ConflictGuard.translate(thrown);
    }
  }
}
