package io.github.conflictguard.servlet;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and who may be seen from outside. */
class ArchitectureTest {

  private static final String BOTH = "io.github.conflictguard";
  private static final String ROOT = "io.github.conflictguard.servlet";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** The packages that each package may depend on. Everything else is refused. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry(
              "",
              "bridge",
              "config",
              "console",
              "detection",
              "disclosure",
              "doctor",
              "enforcement",
              "match",
              "monitor",
              "observe",
              "policy",
              "portal",
              "rule",
              "weaving"),
          entry("advice", "doctor", "journal"),
          entry("answer", "form", "page", "request", "response"),
          entry("attribution", "client", "config"),
          entry("bridge", "config", "monitor", "request", "rule"),
          entry("buffer", "container", "request", "response"),
          entry("client"),
          entry("config", "answer", "formdata", "match", "rule"),
          entry(
              "console",
              "config",
              "console.access",
              "console.format",
              "console.html",
              "console.pages",
              "console.section",
              "doctor",
              "match",
              "monitor",
              "rule"),
          entry("console.access", "config"),
          entry("console.format"),
          entry("console.html"),
          entry(
              "console.pages",
              "advice",
              "config",
              "console.format",
              "console.html",
              "console.section",
              "doctor",
              "journal",
              "monitor",
              "prediction",
              "rule",
              "statistics"),
          entry("console.section", "console.format", "console.html"),
          entry("container", "response"),
          entry(
              "detection",
              "buffer",
              "config",
              "doctor",
              "fence",
              "monitor",
              "request",
              "response",
              "rule",
              "tag"),
          entry("disclosure", "match"),
          entry("doctor", "config", "match", "rule"),
          entry(
              "enforcement",
              "answer",
              "buffer",
              "client",
              "config",
              "container",
              "detection",
              "disclosure",
              "doctor",
              "explanation",
              "fence",
              "form",
              "formdata",
              "history",
              "idempotency",
              "match",
              "monitor",
              "page",
              "policy",
              "probe",
              "request",
              "response",
              "rewrite",
              "rule",
              "tag"),
          entry(
              "explanation",
              "attribution",
              "config",
              "fields",
              "form",
              "formdata",
              "monitor",
              "probe",
              "request",
              "rule"),
          entry("fence", "config", "rule"),
          entry("fields", "client", "formdata", "rule"),
          entry(
              "form",
              "client",
              "fields",
              "formdata",
              "match",
              "request",
              "rewrite",
              "rule",
              "unread"),
          entry("formdata"),
          entry("history", "client", "response"),
          entry("idempotency", "buffer", "client", "formdata"),
          entry("jfr", "config", "journal"),
          entry("journal", "config"),
          entry("match", "formdata", "request"),
          entry(
              "monitor",
              "advice",
              "attribution",
              "config",
              "doctor",
              "jfr",
              "journal",
              "prediction",
              "rule",
              "statistics"),
          entry(
              "observe",
              "answer",
              "client",
              "config",
              "detection",
              "enforcement",
              "explanation",
              "form",
              "history",
              "idempotency",
              "match",
              "monitor",
              "policy",
              "request",
              "response",
              "rewrite",
              "rule"),
          entry("page", "form"),
          entry("policy", "config", "fence", "form", "monitor", "rule", "tag"),
          entry(
              "portal",
              "answer",
              "config",
              "console",
              "console.access",
              "console.html",
              "match",
              "rule"),
          entry("prediction"),
          entry("probe", "buffer", "container", "formdata", "request", "response", "rewrite"),
          entry("request", "formdata"),
          entry("response"),
          entry("rewrite", "container", "response"),
          entry("rule", "match"),
          entry("statistics"),
          entry("tag", "container", "fence", "match", "probe", "request", "response", "rule"),
          entry("unread", "client", "rewrite"),
          entry("weaving", "config", "doctor", "rule"));

  private static final int LARGEST_PACKAGE = 27;

  private static Map.Entry<String, Set<String>> entry(String from, String... to) {
    return Map.entry(from, Set.of(to));
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    Map<String, Set<String>> actual = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> used = actual.computeIfAbsent(packageOf(type), any -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .map(JavaClass::getBaseComponentType)
          .filter(other -> classes.contain(other.getName()))
          .map(ArchitectureTest::packageOf)
          .filter(other -> !other.equals(packageOf(type)))
          .forEach(used::add);
    }
    assertEquals(new TreeMap<>(ARROWS), actual);
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void noPackageIsLarge() {
    Map<String, Long> sizes =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(ArchitectureTest::packageOf, Collectors.counting()));
    sizes.values().removeIf(size -> size <= LARGEST_PACKAGE);
    assertEquals(Map.of(), sizes);
  }

  /** The types that applications, containers and tools name. */
  private static final Set<String> FOR_ADOPTERS =
      Set.of(
          "archive.WeaveCommand",
          "classify.ConflictClassifiers",
          "client.ClientRequest",
          "client.ClientResponse",
          "client.ConditionalClient",
          "client.ConditionalClient$Builder",
          "client.ConflictAdvice",
          "client.RetryAdvice",
          "client.RetryBudget",
          "client.RetryPolicy",
          "client.StateChange",
          "client.TagMemory",
          "client.Transport",
          "client.UpdateRefusedException",
          "client.apache4.ApacheTransport",
          "client.apache5.ApacheTransport",
          "client.apache5.ConflictHandler",
          "client.jdk.HttpUrlConnectionTransport",
          "client.jdk.JavaHttpTransport",
          "client.okhttp.ConflictInterceptor",
          "client.okhttp.OkHttpTransport",
          "conflict.ClassifiedConflict",
          "conflict.Conflict",
          "conflict.ConflictClassifier",
          "conflict.ConflictKind",
          "event.Collision",
          "event.Collision$Builder",
          "event.Collision$ChangedBy",
          "event.Collision$Origin",
          "event.ConflictEvent",
          "event.ConflictEvent$Builder",
          "event.ConflictEvent$Found",
          "event.ConflictListener",
          "event.LockWaitEvent",
          "event.LostUpdateEvent",
          "event.RecoveryEvent",
          "event.RecoveryEvent$Outcome",
          "event.RetryEvent",
          "event.RetryEvent$Outcome",
          "guard.BusinessRuleException",
          "guard.ConflictException",
          "guard.ConflictGuard",
          "guard.ConflictGuarded",
          "guard.GuardPolicy",
          "guard.GuardPolicy$Builder",
          "guard.GuardedCall",
          "guard.GuardedRecovery",
          "guard.GuardedRun",
          "guard.Retry",
          "guard.Woven",
          "guard.WovenGuard",
          "guard.WrongStateException",
          "loadtime.GuardAgent",
          "loadtime.LoadTimeWeaver",
          "precondition.StateResolver",
          "recorder.CommitHook",
          "recorder.Recorder",
          "recorder.RecorderByName",
          "servlet.ConflictFilter",
          "servlet.ConflictGuardInitializer",
          "servlet.answer.ConflictPageModel",
          "servlet.doctor.SetupFinding",
          "servlet.form.TokenJspTag",
          "servlet.monitor.ConflictCounts",
          "servlet.monitor.ConflictFilterMXBean",
          "servlet.monitor.RuleCounts",
          "servlet.page.SaveAgain",
          "servlet.page.SaveAgain$Builder",
          "weave.ConflictGuardPlugin");

  /** Public for constants that compilers inline, signatures, tests, and other class loaders. */
  private static final Set<String> UNSEEN_IN_BYTE_CODE =
      Set.of(
          "classify.CauseGraph",
          "classify.sql.SqlDialect",
          "loadtime.LineLog",
          "merge.FieldLabels",
          "problem.RetryHint",
          "servlet.bridge.Bridge",
          "servlet.bridge.LoggingContext",
          "servlet.bridge.Metric",
          "servlet.bridge.Series",
          "servlet.fields.TokenField",
          "servlet.prediction.PooledCurve",
          "servlet.probe.ProbeOutputStream",
          "servlet.rule.AnswerPattern");

  private final JavaClasses bothModules =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BOTH);

  @Test
  void whatAdoptersNameIsPublic() {
    Set<String> missing = new TreeSet<>(FOR_ADOPTERS);
    bothModules.stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .forEach(type -> missing.remove(type.getName().substring(BOTH.length() + 1)));
    assertEquals(Set.of(), missing);
  }

  /** Anything else is public only where another package or module needs it. */
  @Test
  void whatIsPublicInsideIsUsedByNeighbours() {
    Set<String> unused = new TreeSet<>();
    for (JavaClass type : bothModules) {
      String name = type.getName().substring(BOTH.length() + 1);
      if (type.getModifiers().contains(JavaModifier.PUBLIC)
          && type.isTopLevelClass()
          && !FOR_ADOPTERS.contains(name)
          && !UNSEEN_IN_BYTE_CODE.contains(name)
          && type.getDirectDependenciesToSelf().stream()
              .map(Dependency::getOriginClass)
              .allMatch(user -> user.getPackageName().equals(type.getPackageName()))) {
        unused.add(name);
      }
    }
    assertEquals(Set.of(), unused);
  }

  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
