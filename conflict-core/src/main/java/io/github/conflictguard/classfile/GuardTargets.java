package io.github.conflictguard.classfile;

import io.github.conflictguard.guard.GuardPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the methods of a class that require a guard, by {@code @ConflictGuarded} or by a pattern.
 *
 * <p>If several sources apply to a method, the first of these is used:
 *
 * <ol>
 *   <li>the annotation on the method;
 *   <li>a {@link TargetPattern}, in the given order;
 *   <li>the annotation on a method that it overrides or implements, the nearest first;
 *   <li>the annotation on its class, for the methods described at {@link MeantByType};
 *   <li>the annotation on a superclass or interface that declares the method as well, as public.
 * </ol>
 *
 * <p>A method without a body is not a target: an annotation on it applies to its implementations.
 * Immutable and thread-safe.
 */
public final class GuardTargets {

  static final String GUARDED = "Lio/github/conflictguard/guard/ConflictGuarded;";

  /** The descriptor of the annotation on woven methods. */
  public static final String WOVEN = "Lio/github/conflictguard/guard/Woven;";

  private static final ConstantPoolScanner LOOK = ConstantPoolScanner.forAnyOf(GUARDED);
  private static final ConstantPoolScanner LOOK_FOR_MARKER = ConstantPoolScanner.forAnyOf(WOVEN);

  private final List<TargetPattern> patterns;

  private GuardTargets(List<TargetPattern> patterns) {
    this.patterns = patterns;
  }

  /** Returns the targets that are declared by the annotation. */
  public static GuardTargets ofAnnotation() {
    return new GuardTargets(Collections.emptyList());
  }

  /** Returns the targets that are declared by the annotation or match one of the patterns. */
  public static GuardTargets of(TargetPattern... patterns) {
    return new GuardTargets(Collections.unmodifiableList(new ArrayList<>(Arrays.asList(patterns))));
  }

  /** Returns whether a class file contains the annotation. */
  public static boolean mentionsAnnotation(byte[] classFile) {
    return LOOK.finds(classFile);
  }

  /** Returns whether a class file contains the mark of woven methods. */
  public static boolean mentionsMarker(byte[] classFile) {
    return LOOK_FOR_MARKER.finds(classFile);
  }

  /** Returns why the annotation on this class has no effect; null if it has one, or is absent. */
  public static @Nullable String uselessOn(ClassOutline type) {
    if (type.isAnnotation() || type.annotation(GUARDED) == null || Generated.is(type)) {
      return null;
    }
    for (MethodOutline method : type.methods()) {
      if (MeantByType.is(method)) {
        return null;
      }
    }
    return MeantByType.obstacle();
  }

  /**
   * Returns the methods that a class inherits from a superclass and that have no guard there,
   * although an interface of this class declares them as guarded; each with its remedy.
   */
  public List<String> unguardedAbove(ClassOutline type, Supertypes supertypes) {
    return InheritedImplementation.unguarded(this, type, supertypes.above(type), supertypes);
  }

  /** Returns the methods that the build has woven and that no longer require a guard. */
  public List<MethodOutline> leftByBuild(ClassOutline type, Supertypes supertypes) {
    List<MethodOutline> left = new ArrayList<>();
    List<ClassOutline> above = supertypes.above(type);
    for (MethodOutline method : type.methods()) {
      AnnotationOutline mark = method.annotation(WOVEN);
      if (mark != null && mark.text("by").equals("build") && !isAskedFor(type, above, method)) {
        left.add(method);
      }
    }
    return left;
  }

  /**
   * Returns whether a guard is requested for a method, directly or for a bridge that leads to it.
   */
  private boolean isAskedFor(ClassOutline type, List<ClassOutline> above, MethodOutline method) {
    for (MethodOutline each : type.methods()) {
      boolean leadsHere = each == method || (each.isBridge() && behind(each, type) == method);
      if (leadsHere && demandOn(type, above, each) != null) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a pattern matches a class of this name. */
  public boolean isNamed(String internalName) {
    for (TargetPattern pattern : patterns) {
      if (pattern.isAboutClass(internalName)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the patterns, in order, as an unmodifiable list. */
  public List<TargetPattern> patterns() {
    return patterns;
  }

  /**
   * Returns the methods of this class that require a guard, including those that cannot have one.
   */
  public List<GuardTarget> in(ClassOutline type, Supertypes supertypes) {
    if (Generated.is(type)) {
      return new ArrayList<>();
    }
    List<ClassOutline> above = supertypes.above(type);
    Map<MethodOutline, GuardTarget> targets = new LinkedHashMap<>();
    for (MethodOutline method : type.methods()) {
      GuardDeclaration demand = type.isAnnotation() ? null : demandOn(type, above, method);
      if (demand == null) {
        continue;
      }
      MethodOutline body = method.isBridge() ? behind(method, type) : method;
      if (!body.isAbstract() && !targets.containsKey(body)) {
        targets.put(body, demand.on(type, body, supertypes));
      }
    }
    return new ArrayList<>(targets.values());
  }

  private @Nullable GuardDeclaration demandOn(
      ClassOutline type, List<ClassOutline> above, MethodOutline method) {
    // javac copies annotations to bridge methods; the target of the bridge has its own.
    AnnotationOutline own = method.isBridge() ? null : method.annotation(GUARDED);
    if (own != null) {
      return GuardDeclaration.ofAnnotation(own);
    }
    for (TargetPattern pattern : patterns) {
      if (pattern.matches(type, method)) {
        return GuardDeclaration.ofPattern(pattern);
      }
    }
    if (method.isOverridable()) {
      for (ClassOutline supertype : above) {
        AnnotationOutline inherited = onMethod(supertype, method);
        if (inherited != null) {
          return GuardDeclaration.ofInherited(inherited);
        }
      }
    }
    AnnotationOutline onType = type.annotation(GUARDED);
    if (!MeantByType.is(method)) {
      return null;
    }
    if (onType != null && !method.isSynthetic()) {
      return isRecoverMethod(method, onType) ? null : GuardDeclaration.ofAnnotation(onType);
    }
    for (ClassOutline supertype : above) {
      MethodOutline declared = supertype.method(method.name(), method.descriptor());
      AnnotationOutline inherited = supertype.annotation(GUARDED);
      if (inherited != null && declared != null && MeantByType.is(declared)) {
        return isRecoverMethod(method, inherited) ? null : GuardDeclaration.ofInherited(inherited);
      }
    }
    return null;
  }

  /** Returns whether the annotation of a type names this method as the one that recovers. */
  private static boolean isRecoverMethod(MethodOutline method, AnnotationOutline onType) {
    return onType.text("recover").equals(method.name());
  }

  private static @Nullable AnnotationOutline onMethod(
      ClassOutline supertype, MethodOutline method) {
    MethodOutline overridden = supertype.method(method.name(), method.descriptor());
    return overridden == null || !overridden.isOverridable()
        ? null
        : overridden.annotation(GUARDED);
  }

  /** Returns the target of a bridge method, so that direct calls of it are guarded too. */
  private static MethodOutline behind(MethodOutline bridge, ClassOutline type) {
    MethodOutline found = null;
    for (MethodOutline method : type.methods()) {
      if (!method.isBridge()
          && method.isOverridable()
          && method.name().equals(bridge.name())
          && method.parameterTypes().size() == bridge.parameterTypes().size()) {
        if (found != null) {
          return bridge; // Overloads; the class file does not contain which one it is.
        }
        found = method;
      }
    }
    return found == null ? bridge : found;
  }

  static GuardPolicy.Builder builderFor(ClassOutline type, MethodOutline method) {
    List<String> simple = new ArrayList<>();
    for (String parameter : method.parameterTypes()) {
      simple.add(parameter.substring(parameter.lastIndexOf('.') + 1));
    }
    return GuardPolicy.builder()
        .handler(type.name() + "#" + method.name() + "(" + String.join(",", simple) + ")");
  }
}
