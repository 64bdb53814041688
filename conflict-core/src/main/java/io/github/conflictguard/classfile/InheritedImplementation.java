package io.github.conflictguard.classfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds methods that an interface declares as guarded, and that a class implements by a method of a
 * superclass which is not a subtype of that interface: that method has no guard, and weaving the
 * class cannot add one.
 */
final class InheritedImplementation {

  private InheritedImplementation() {}

  /**
   * Returns these methods, each with the reason why it is not guarded.
   *
   * @param above the supertypes of the class
   */
  static List<String> unguarded(
      GuardTargets targets, ClassOutline type, List<ClassOutline> above, Supertypes supertypes) {
    List<String> unguarded = new ArrayList<>();
    if (type.isInterface() || Generated.is(type)) {
      return unguarded;
    }
    for (ClassOutline declaring : above) {
      for (MethodOutline method : declaring.methods()) {
        if (declaring.isInterface()
            && method.isAbstract()
            && isGuarded(declaring, method)
            && type.method(method.name(), method.descriptor()) == null) {
          ClassOutline owner = ownerOf(method, type, supertypes);
          if (owner != null && !isTarget(targets, owner, method, supertypes)) {
            unguarded.add(
                type.name()
                    + " inherits "
                    + method
                    + " from "
                    + owner.name()
                    + ", where it has no guard, though "
                    + declaring.name()
                    + " declares it as guarded; override it, or annotate it there");
          }
        }
      }
    }
    return unguarded;
  }

  private static boolean isGuarded(ClassOutline declaring, MethodOutline method) {
    return method.annotation(GuardTargets.GUARDED) != null
        || (declaring.annotation(GuardTargets.GUARDED) != null && MeantByType.is(method));
  }

  /** Returns the superclass that declares the method with a body; null if none does. */
  private static @Nullable ClassOutline ownerOf(
      MethodOutline method, ClassOutline type, Supertypes supertypes) {
    ClassOutline at = type;
    for (int depth = 0; depth < Supertypes.LIMIT; depth++) {
      String superclass = at.superclass();
      ClassOutline next = superclass == null ? null : supertypes.read(superclass);
      if (next == null) {
        return null;
      }
      MethodOutline found = next.method(method.name(), method.descriptor());
      if (found != null) {
        return found.isPublic() && !found.isStatic() && !found.isAbstract() ? next : null;
      }
      at = next;
    }
    return null;
  }

  private static boolean isTarget(
      GuardTargets targets, ClassOutline owner, MethodOutline method, Supertypes supertypes) {
    MethodOutline found = owner.method(method.name(), method.descriptor());
    if (found != null && found.annotation(GuardTargets.WOVEN) != null) {
      return true;
    }
    for (GuardTarget target : targets.in(owner, supertypes)) {
      if (target.method() == found || (found != null && found.isBridge())) {
        return true;
      }
    }
    return false;
  }
}
