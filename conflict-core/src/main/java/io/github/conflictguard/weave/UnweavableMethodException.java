package io.github.conflictguard.weave;

import io.github.conflictguard.guard.ConflictGuarded;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;

/** The build stops here: a guard was asked for where none can be. */
final class UnweavableMethodException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnweavableMethodException(List<? extends MethodDescription> methods) {
    super(message(methods));
  }

  private static String message(List<? extends MethodDescription> methods) {
    StringBuilder message =
        new StringBuilder("@" + ConflictGuarded.class.getSimpleName() + " cannot guard");
    for (MethodDescription method : methods) {
      message
          .append("\n  ")
          .append(method.toGenericString())
          .append(method.isNative() ? ": a native method" : ": an abstract method")
          .append(" has no body");
    }
    return message.append("\nAnnotate the methods that implement or call it instead.").toString();
  }
}
