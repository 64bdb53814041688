package io.github.conflictguard.classfile;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the methods of an application that require a guard with those that have one.
 *
 * <p>A class file without the guard may still be woven while it is loaded; therefore the class is
 * loaded, but not initialized, and inspected. Classes without such methods are not loaded. Not
 * thread-safe.
 */
public final class GuardSurvey {

  private static final String WOVEN =
      GuardTargets.WOVEN.substring(1, GuardTargets.WOVEN.length() - 1).replace('/', '.');

  private final GuardTargets targets;
  private final ClassLoader application;
  private final String whyNot;
  private final boolean looksAbove;
  private final GuardedAbove above;
  private final List<TargetPattern> unmatched;
  private final Map<String, Integer> guarded = new TreeMap<>();
  private final List<String> unguarded = new ArrayList<>();
  private final List<String> limited = new ArrayList<>();

  /**
   * Creates an empty survey.
   *
   * @param looksAbove whether the annotation is used at all, so that a supertype may carry it
   * @param whyNot the reason for methods that could be guarded but are not
   */
  public GuardSurvey(
      GuardTargets targets, ClassLoader application, boolean looksAbove, String whyNot) {
    this(targets, targets.patterns(), application, looksAbove, whyNot);
  }

  /**
   * Creates an empty survey.
   *
   * @param expected the targets that should match a method of this application
   * @param looksAbove whether the annotation is used at all, so that a supertype may carry it
   * @param whyNot the reason for methods that could be guarded but are not
   */
  public GuardSurvey(
      GuardTargets targets,
      List<TargetPattern> expected,
      ClassLoader application,
      boolean looksAbove,
      String whyNot) {
    this.targets = targets;
    this.application = application;
    this.whyNot = whyNot;
    this.looksAbove = looksAbove;
    this.above = GuardedAbove.in(application);
    this.unmatched = new ArrayList<>(expected);
  }

  /**
   * Examines one class of the application.
   *
   * @param internalName {@code com/example/Orders}
   */
  public void look(String internalName, byte[] classFile) {
    if (GuardTargets.mentionsAnnotation(classFile)
        || GuardTargets.mentionsMarker(classFile)
        || targets.isNamed(internalName)
        || (looksAbove && above.speakAbove(classFile))) {
      try {
        compare(ClassOutline.read(classFile));
      } catch (IOException e) {
        unguarded.add(internalName.replace('/', '.') + ": it is " + e.getMessage());
      }
    }
  }

  /** Returns the number of guarded methods, by the tool that wove them. */
  public Map<String, Integer> guarded() {
    return guarded;
  }

  /** Returns the methods and targets without a guard, each with the reason. */
  public List<String> unguarded() {
    List<String> all = new ArrayList<>(unguarded);
    for (TargetPattern target : unmatched) {
      all.add("the target " + target + ": there is no such method");
    }
    return all;
  }

  /** Returns the methods whose guard lacks a requested feature, each with the reason. */
  public List<String> limited() {
    return limited;
  }

  private void compare(ClassOutline type) {
    unmatched.removeIf(
        target -> type.methods().stream().anyMatch(method -> target.matches(type, method)));
    String useless = GuardTargets.uselessOn(type);
    if (useless != null) {
      unguarded.add(type.name() + ": " + useless);
    }
    unguarded.addAll(targets.unguardedAbove(type, above));
    for (MethodOutline method : type.methods()) {
      countIfMarked(method);
    }
    for (GuardTarget target : targets.in(type, above)) {
      // The mark is checked first: weaving may remove the names of the method's parameters.
      String reason = target.isWoven() ? null : target.refusal();
      if (reason == null && !target.isWoven()) {
        reason = reasonFor(type, target);
      }
      if (reason != null) {
        unguarded.add(target + ": " + reason);
        continue;
      }
      if (target.isOutdated()) {
        limited.add(target + " " + GuardTarget.OUTDATED);
      }
      target.warnings().forEach(warning -> limited.add(target + " " + warning));
    }
  }

  /** Includes methods without a declaration: the command may have woven them by a target. */
  private void countIfMarked(MethodOutline method) {
    AnnotationOutline mark = method.annotation(GuardTargets.WOVEN);
    if (mark != null) {
      String wovenBy = mark.text("by");
      count(wovenBy.isEmpty() ? "build" : wovenBy);
    }
  }

  /** Returns why a method has no guard; null if it has one, which is then counted. */
  private @Nullable String reasonFor(ClassOutline type, GuardTarget target) {
    try {
      Class<?> loaded = Class.forName(type.name(), false, application);
      for (Method method : loaded.getDeclaredMethods()) {
        if (isSame(method, target.method()) && countGuarded(method)) {
          return null;
        }
      }
      return whyNot;
    } catch (ClassNotFoundException | LinkageError e) {
      return "its class cannot be loaded (" + e + ")";
    }
  }

  /** Counts a method if it is woven; returns whether it is. */
  private boolean countGuarded(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      if (annotation.annotationType().getName().equals(WOVEN)) {
        count(whoWove(annotation));
        return true;
      }
    }
    return false;
  }

  /** Uses reflection: the application may see another copy of the annotation. */
  private static String whoWove(Annotation marker) {
    try {
      return String.valueOf(marker.annotationType().getMethod("by").invoke(marker));
    } catch (ReflectiveOperationException e) {
      return "build";
    }
  }

  private void count(String wovenBy) {
    guarded.merge(wovenBy, 1, Integer::sum);
  }

  private static boolean isSame(Method loaded, MethodOutline method) {
    return loaded.getName().equals(method.name())
        && typeNames(loaded.getParameterTypes()).equals(method.parameterTypes())
        && loaded.getReturnType().getTypeName().equals(method.returnType());
  }

  private static List<String> typeNames(Class<?>... types) {
    return Arrays.stream(types).map(Class::getTypeName).collect(Collectors.toList());
  }
}
