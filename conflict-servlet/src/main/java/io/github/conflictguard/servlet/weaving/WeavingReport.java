package io.github.conflictguard.servlet.weaving;

import io.github.conflictguard.classfile.GuardSurvey;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.TargetPattern;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The methods of a web application that should be guarded, and those that are. Immutable. */
final class WeavingReport {

  private final Map<String, Integer> guarded;
  private final List<String> unguarded;
  private final List<String> limited;

  private WeavingReport(
      Map<String, Integer> guarded, List<String> unguarded, List<String> limited) {
    this.guarded = guarded;
    this.unguarded = unguarded;
    this.limited = limited;
  }

  /** Returns the targets of the agent of this JVM, which apply to every web application. */
  public static List<String> targetsOfAgent() {
    return LoadTimeWeavers.targetsOfAgent();
  }

  /**
   * Reads the class files of an application, and loads the classes with methods that should be
   * guarded.
   *
   * @param libraries whether to read {@code WEB-INF/lib} as well, which takes seconds if there are
   *     many
   * @param targets patterns of methods, in addition to those that are annotated
   * @param ofAgent patterns for all applications, which need not match in this one
   * @param whyNot the reason for methods that could be guarded and are not
   * @throws IOException if the container does not provide the class files
   */
  public static WeavingReport of(
      ServletContext context,
      boolean libraries,
      List<String> targets,
      List<String> ofAgent,
      String whyNot)
      throws IOException {
    ClassFiles classFiles = new ClassFiles(context, libraries);
    boolean annotated = isAny(classFiles, GuardTargets::mentionsAnnotation);
    if (!annotated
        && targets.isEmpty()
        && ofAgent.isEmpty()
        && !isAny(classFiles, GuardTargets::mentionsMarker)) {
      return new WeavingReport(
          Collections.emptyMap(), Collections.emptyList(), Collections.emptyList());
    }
    List<TargetPattern> own = parsed(targets);
    List<TargetPattern> all = new ArrayList<>(own);
    all.addAll(parsed(ofAgent));
    GuardSurvey survey =
        new GuardSurvey(
            GuardTargets.of(all.toArray(new TargetPattern[0])),
            own,
            context.getClassLoader(),
            annotated,
            whyNot);
    classFiles.forEach(survey::look);
    return new WeavingReport(survey.guarded(), survey.unguarded(), survey.limited());
  }

  private static List<TargetPattern> parsed(List<String> targets) {
    return targets.stream().map(TargetPattern::parse).collect(Collectors.toList());
  }

  private static boolean isAny(ClassFiles classFiles, Predicate<byte[]> mentions)
      throws IOException {
    List<String> found = new ArrayList<>();
    classFiles.forEach(
        (name, classFile) -> {
          if (!isOurs(name) && mentions.test(classFile)) {
            found.add(name);
          }
        });
    return !found.isEmpty();
  }

  /**
   * Returns whether a class belongs to this library, which refers to the annotation without using
   * it.
   */
  private static boolean isOurs(String name) {
    return name.startsWith("io/github/conflictguard/archive/")
        || name.startsWith("io/github/conflictguard/classfile/")
        || name.startsWith("io/github/conflictguard/guard/")
        || name.startsWith("io/github/conflictguard/loadtime/")
        || name.startsWith("io/github/conflictguard/weave/")
        || name.startsWith("io/github/conflictguard/agent/");
  }

  /** Returns the methods and targets without a guard, each with the reason. Unmodifiable. */
  public List<String> unguarded() {
    return Collections.unmodifiableList(unguarded);
  }

  /**
   * Returns the methods whose guard lacks a requested feature, each with the reason. Unmodifiable.
   */
  public List<String> limited() {
    return Collections.unmodifiableList(limited);
  }

  /** Returns a summary in one line. */
  @Override
  public String toString() {
    int sum = guarded.values().stream().mapToInt(Integer::intValue).sum();
    if (sum == 0 && unguarded.isEmpty()) {
      return "no method requests a guard";
    }
    return sum
        + " of "
        + (sum + unguarded.size())
        + " methods that request a guard have one"
        + (sum == 0 ? "" : ", woven by " + guarded);
  }
}
