package io.github.conflictguard.weave;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Woven;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;

/** Finds the methods of one type that ask for a guard. */
final class GuardTargets {

  private GuardTargets() {}

  /**
   * The methods that have to be guarded and are not yet.
   *
   * @throws UnweavableMethodException if the annotation stands on a method that has no body
   */
  static List<MethodDescription.InDefinedShape> of(TypeDescription type) {
    boolean onType = type.getDeclaredAnnotations().isAnnotationPresent(ConflictGuarded.class);
    List<MethodDescription.InDefinedShape> targets = new ArrayList<>();
    List<MethodDescription.InDefinedShape> unweavable = new ArrayList<>();
    for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
      boolean onMethod = isMarked(method, ConflictGuarded.class);
      // javac copies annotations to bridge methods; the method behind the bridge has its own guard.
      if (method.isBridge() || isMarked(method, Woven.class)) {
        continue;
      }
      if (onMethod && !hasBody(method)) {
        unweavable.add(method);
      } else if (onMethod || (onType && isMeantByType(method))) {
        targets.add(method);
      }
    }
    if (!unweavable.isEmpty()) {
      throw new UnweavableMethodException(unweavable);
    }
    return targets;
  }

  /** What the annotation means on a type: its public instance methods that have a body. */
  private static boolean isMeantByType(MethodDescription method) {
    return method.isMethod()
        && method.isPublic()
        && !method.isStatic()
        && !method.isSynthetic()
        && hasBody(method);
  }

  private static boolean hasBody(MethodDescription method) {
    return !method.isAbstract() && !method.isNative();
  }

  private static boolean isMarked(MethodDescription method, Class<? extends Annotation> marker) {
    return method.getDeclaredAnnotations().isAnnotationPresent(marker);
  }
}
