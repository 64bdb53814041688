package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A method that is named like a question changes nothing: neither it nor any method that it calls
 * writes a field of an object that existed before, or changes an atomic variable or a response.
 */
class QuestionTest {

  private static final String BOTH = "io.github.conflictguard.";
  private static final Pattern QUESTION = Pattern.compile("(is|has|can|may|was|would)[A-Z].*");
  private static final Pattern READS =
      Pattern.compile("get(Plain|Acquire|Opaque)?|length|sum|[a-z]+Value");
  private static final Pattern CHANGES =
      Pattern.compile("(set|add|remove|reset|send|flush|login|logout)[A-Z]?.*");

  private static final Pattern FILLS =
      Pattern.compile(
          "put.*|add.*|offer.*|push|poll.*|pop|remove.*|clear|execute|submit|(compute|merge).*");

  /** The fields and classes that questions may write to, each with the reason. */
  private static final Map<String, String> ALLOWED =
      Map.ofEntries(
          Map.entry("container.TomcatCompression.isOn", "looked up on first use"),
          Map.entry("container.UndertowEncoding", "looked up on first use"),
          Map.entry("transaction.KnownLoaders.in", "looked up on first use"),
          Map.entry("buffer.BufferTime.bufferSize", "read from the container on first use"),
          Map.entry("classify.sql.SqlFailure.message", "read on first use"),
          Map.entry("client.ClientIdentity.viewer", "computed on first use"),
          Map.entry("match.RequestView", "parsed on first use"),
          Map.entry("resource.ResourceKey.keyedHash", "computed on first use"),
          Map.entry("response.ChosenOutput", "a stream is obtained to ask whether it is ready"),
          Map.entry("form.SessionFormStore.nameOf", "a session gets its name on first use"),
          Map.entry("client.BoundedMap", "a memory notes what was used and what was compared"),
          Map.entry("disclosure.ReadRights.hasUsers", "is only ever set, and only restricts"),
          Map.entry("buffer.ResponseLock", "is entered and left"),
          Map.entry("buffer.BufferTimer", "watches a response when the lock is left"),
          Map.entry("probe.RequestSnapshot", "undoes the changes of an internal GET"),
          Map.entry("response.HeaderSnapshot", "undoes the changes of an internal GET"));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.conflictguard");

  @Test
  void questionsChangeNothing() {
    Map<String, Set<String>> changing = new TreeMap<>();
    for (JavaClass type : classes) {
      for (JavaMethod method : type.getMethods()) {
        if (QUESTION.matcher(method.getName()).matches()) {
          Set<String> effects = new TreeSet<>();
          follow(method, Set.of(), new HashSet<>(), effects);
          if (!effects.isEmpty()) {
            changing.put(nameOf(type) + "." + method.getName(), effects);
          }
        }
      }
    }
    assertEquals(Map.of(), changing);
  }

  /** The walk itself: a method that writes a field, directly or through another, is found. */
  @Test
  void effectsOfOtherMethodsAreFound() {
    Set<String> effects = new TreeSet<>();
    JavaClass type = new ClassFileImporter().importClasses(Sample.class).get(Sample.class);
    follow(type.getMethod("isCounted"), Set.of(), new HashSet<>(), effects);
    assertEquals(Set.of("servlet.QuestionTest$Sample.count by count"), effects);
    effects.clear();
    follow(type.getMethod("isOfAnother"), Set.of(), new HashSet<>(), effects);
    assertEquals(Set.of(), effects);
  }

  private static void follow(
      JavaCodeUnit unit, Set<String> newAbove, Set<JavaCodeUnit> seen, Set<String> effects) {
    if (!seen.add(unit) || unit.isConstructor() || unit.getName().startsWith("<")) {
      return;
    }
    Set<String> created = new HashSet<>(newAbove);
    addCreated(unit, created, 2);
    for (JavaFieldAccess access : unit.getFieldAccesses()) {
      if (access.getAccessType() == AccessType.SET
          && !created.contains(access.getTargetOwner().getName())) {
        note(unit, access, effects);
      }
    }
    for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
      String owner = call.getTargetOwner().getName();
      boolean changes =
          owner.startsWith("java.util.concurrent.atomic.")
              ? !READS.matcher(call.getName()).matches()
              : owner.startsWith("java.util.")
                  ? usesCollection(unit, created) && FILLS.matcher(call.getName()).matches()
                  : owner.startsWith("jakarta.servlet.")
                      && CHANGES.matcher(call.getName()).matches();
      if (changes && !isAllowed(nameOf(unit.getOwner()) + "." + unit.getName())) {
        note(unit, call, effects);
      }
      if (owner.startsWith(BOTH)) {
        call.getTarget()
            .resolveMember()
            .ifPresent(target -> follow(target, created, seen, effects));
      }
    }
  }

  /**
   * Returns whether a method reads a collection of an object that existed before, and creates none
   * that it may fill.
   */
  private static boolean usesCollection(JavaCodeUnit unit, Set<String> created) {
    return unit.getConstructorCallsFromSelf().stream()
            .noneMatch(call -> isMutable(call.getTargetOwner()))
        && unit.getFieldAccesses().stream()
            .anyMatch(
                access ->
                    access.getAccessType() == AccessType.GET
                        && !created.contains(access.getTargetOwner().getName())
                        && isMutable(access.getTarget().getRawType()));
  }

  private static boolean isMutable(JavaClass type) {
    return type.isAssignableTo(Collection.class)
        || type.isAssignableTo(Map.class)
        || type.isAssignableTo(Executor.class);
  }

  private static void note(JavaCodeUnit unit, JavaAccess<?> access, Set<String> effects) {
    String target = nameOf(access.getTargetOwner()) + "." + access.getName();
    if (!isAllowed(target)) {
      effects.add(target + " by " + unit.getName());
    }
  }

  /** Adds the types that a method creates, directly or by factory methods. */
  private static void addCreated(JavaCodeUnit unit, Set<String> created, int depth) {
    for (JavaConstructorCall call : unit.getConstructorCallsFromSelf()) {
      created.add(call.getTargetOwner().getName());
      addCreatedBy(call.getTarget(), created, depth);
    }
    for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
      addCreatedBy(call.getTarget(), created, depth);
    }
  }

  private static void addCreatedBy(CodeUnitCallTarget target, Set<String> created, int depth) {
    if (depth > 0 && target.getOwner().getName().startsWith(BOTH)) {
      target.resolveMember().ifPresent(called -> addCreated(called, created, depth - 1));
    }
  }

  private static boolean isAllowed(String member) {
    String type = member.substring(0, member.lastIndexOf('.'));
    String outer = type.contains("$") ? type.substring(0, type.indexOf('$')) : type;
    return ALLOWED.keySet().stream()
        .anyMatch(
            allowed ->
                member.equals(allowed)
                    || member.equals("servlet." + allowed)
                    || outer.equals(allowed)
                    || outer.equals("servlet." + allowed));
  }

  private static String nameOf(JavaClass type) {
    return type.getName().startsWith(BOTH)
        ? type.getName().substring(BOTH.length())
        : type.getName();
  }

  /** What the walk has to find, and what it must not. */
  private static final class Sample {

    private int count;

    boolean isCounted() {
      return count() > 0;
    }

    boolean isOfAnother() {
      return new Sample().count() > 0;
    }

    private int count() {
      return ++count;
    }
  }
}
