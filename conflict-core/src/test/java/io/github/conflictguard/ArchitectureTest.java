package io.github.conflictguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, what they may use, and who may be seen from outside. */
class ArchitectureTest {

  private static final String ROOT = "io.github.conflictguard";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void theArrowsGoOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("etag")
        .definedBy(ROOT + ".etag")
        .layer("precondition")
        .definedBy(ROOT + ".precondition")
        .layer("conflict")
        .definedBy(ROOT + ".conflict")
        .layer("guard")
        .definedBy(ROOT + ".guard")
        .layer("resource")
        .definedBy(ROOT + ".resource")
        .layer("problem")
        .definedBy(ROOT + ".problem")
        .layer("json")
        .definedBy(ROOT + ".json")
        .whereLayer("json")
        .mayOnlyBeAccessedByLayers("problem")
        .layer("classfile")
        .definedBy(ROOT + ".classfile")
        .layer("event")
        .definedBy(ROOT + ".event")
        .layer("weave")
        .definedBy(ROOT + ".weave")
        .whereLayer("etag")
        .mayOnlyBeAccessedByLayers("precondition")
        .whereLayer("conflict")
        .mayOnlyBeAccessedByLayers("guard", "problem", "classfile", "weave")
        .whereLayer("guard")
        .mayOnlyBeAccessedByLayers("classfile", "weave")
        .whereLayer("classfile")
        .mayOnlyBeAccessedByLayers("weave")
        .whereLayer("precondition")
        .mayNotBeAccessedByAnyLayer()
        .layer("recorder")
        .definedBy(ROOT + ".recorder")
        .whereLayer("resource")
        .mayOnlyBeAccessedByLayers("guard")
        .whereLayer("problem")
        .mayOnlyBeAccessedByLayers("guard", "classfile", "event")
        .whereLayer("event")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("recorder")
        .mayOnlyBeAccessedByLayers("guard", "weave")
        .whereLayer("weave")
        .mayNotBeAccessedByAnyLayer()
        .check(classes);
  }

  @Test
  void noServletIsKnownHere() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.servlet..", "javax.servlet..")
        .check(classes);
  }

  @Test
  void byteBuddyIsUsedInTheWeavingPackageAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".weave")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bytebuddy..")
        .check(classes);
  }

  /** An application may use any version of each of them, or none. */
  @Test
  void nothingButTheJdkIsUsedWhereByteBuddyIsNot() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".weave")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "javax..", "org.jspecify..", ROOT + "..")
        .check(classes);
  }

  @Test
  void thesePublicTypesAreTheInterface() {
    assertEquals(
        List.of(
            "classfile.ClassOutline",
            "classfile.GuardSurvey",
            "classfile.GuardTarget",
            "classfile.GuardTargets",
            "classfile.GuardedAbove",
            "classfile.MethodOutline",
            "classfile.PolicyOverrides",
            "classfile.RawLook",
            "classfile.Supertypes",
            "classfile.TargetPattern",
            "classfile.WovenMethod",
            "conflict.ClassifiedConflict",
            "conflict.Conflict",
            "conflict.ConflictClassifier",
            "conflict.ConflictClassifiers",
            "conflict.ConflictKind",
            "conflict.StatedDetails",
            "etag.ChangedTags",
            "etag.EntityTag",
            "etag.EntityTagSet",
            "etag.EntityTagSyntaxException",
            "etag.Sha256",
            "event.ConflictEvent",
            "event.ConflictEvent$Builder",
            "event.ConflictEvent$Found",
            "event.ConflictListener",
            "event.RetryEvent",
            "event.RetryEvent$Outcome",
            "guard.BusinessRuleException",
            "guard.ConflictException",
            "guard.ConflictGuard",
            "guard.ConflictGuarded",
            "guard.GuardOverrides",
            "guard.GuardPolicy",
            "guard.GuardPolicy$Builder",
            "guard.GuardedCall",
            "guard.GuardedRun",
            "guard.RepeatCheck",
            "guard.Retry",
            "guard.RetryCounts",
            "guard.Woven",
            "guard.WovenGuard",
            "guard.WrongStateException",
            "json.JsonReader",
            "json.JsonSyntaxException",
            "json.JsonWriter",
            "precondition.ConditionalHeaders",
            "precondition.HttpDate",
            "precondition.MalformedHeader",
            "precondition.PreconditionDecision",
            "precondition.PreconditionDecision$Outcome",
            "precondition.PreconditionEvaluator",
            "precondition.SelectedRepresentation",
            "precondition.StateResolver",
            "problem.Action",
            "problem.ProblemDetail",
            "problem.ProblemDetail$Builder",
            "problem.ProblemJson",
            "problem.ProblemType",
            "problem.RetryAdvice",
            "problem.StatusProfile",
            "recorder.Coverage",
            "recorder.Recorder",
            "recorder.RecorderByName",
            "recorder.Recordings",
            "resource.Hold",
            "resource.KeyedHash",
            "resource.ResourceKey",
            "resource.ResourceLocks",
            "resource.WaiterLimit",
            "resource.WriteCounters",
            "weave.ConflictGuardPlugin",
            "weave.GuardAgent",
            "weave.LoadTimeWeaver",
            "weave.WeaveCommand"),
        classes.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .map(name -> name.substring(ROOT.length() + 1))
            .sorted()
            .toList());
  }
}
