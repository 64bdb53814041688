package io.github.conflictguard.classfile;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.GuardPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Detects arguments that may carry stale state, with which a repeated body would fail again. */
final class StaleArgument {

  private StaleArgument() {}

  /** Returns a warning if a method that is repeated after a stale version has such an argument. */
  static @Nullable String in(MethodOutline method, GuardPolicy policy) {
    if (policy.attempts() == 1 || !policy.repeats(ConflictKind.STALE_VERSION)) {
      return null;
    }
    List<String> types = method.parameterTypes();
    for (int i = 0; i < types.size(); i++) {
      if (!isPlain(types.get(i))) {
        return "runs again after a stale version with the same {"
            + i
            + "} ("
            + types.get(i)
            + "): if that carries the state that was stale, it is stale again; read the record in"
            + " the method, by its key";
      }
    }
    return null;
  }

  /** Returns whether a type cannot contain the version of a record: keys, values, and requests. */
  private static boolean isPlain(String type) {
    return type.indexOf('.') < 0
        || (type.startsWith("java.") && !type.equals("java.lang.Object") && !isCollection(type))
        || MeantByType.isOfServletApi(type);
  }

  private static boolean isCollection(String type) {
    return type.startsWith("java.util.") && !type.equals("java.util.UUID");
  }
}
