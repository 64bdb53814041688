package io.github.conflictguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the packages, what they may use, and who may be seen from outside. */
class ArchitectureTest {

  private static final String ROOT = "io.github.conflictguard";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** The packages that each package may depend on. Everything else is refused. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("archive", "classfile", "store", "weave"),
          entry("classfile", "conflict", "guard", "problem"),
          entry("classify", "classify.evidence", "classify.sql", "conflict"),
          entry("classify.evidence", "conflict"),
          entry("classify.sql", "classify.evidence", "conflict"),
          entry("client", "etag", "json", "precondition", "problem"),
          entry("client.apache4", "client"),
          entry("client.apache5", "client"),
          entry("client.jdk", "client"),
          entry("client.okhttp", "client"),
          entry("conflict"),
          entry("count"),
          entry("etag"),
          entry("event", "problem"),
          entry(
              "guard",
              "classify",
              "conflict",
              "count",
              "locktemplate",
              "problem",
              "recorder",
              "resource",
              "transaction"),
          entry("html", "html.token"),
          entry("html.token"),
          entry("json"),
          entry("loadtime", "classfile", "classify", "recorder", "weave"),
          entry("locktemplate"),
          entry("merge", "html"),
          entry("precondition", "etag"),
          entry("problem", "conflict", "json"),
          entry("recorder"),
          entry("resource"),
          entry("store", "etag", "recorder", "resource"),
          entry("transaction"),
          entry("weave", "classfile", "guard"));

  private static final int LARGEST_PACKAGE = 26;

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
        .resideOutsideOfPackages(ROOT + ".archive", ROOT + ".loadtime", ROOT + ".weave")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bytebuddy..")
        .check(classes);
  }

  /** A program that has one of the clients loads the package for that one alone. */
  @ParameterizedTest
  @CsvSource({
    "okhttp, okhttp3..:okio..",
    "apache4, org.apache.http..",
    "apache5, org.apache.hc..",
  })
  void everyHttpClientIsUsedInOnePackage(String name, String libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".client." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries.split(":"))
        .check(classes);
  }

  /** An application may use any version of each of them, or none. */
  @Test
  void nothingButTheJdkIsUsedWhereNoLibraryIsNeeded() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".archive",
            ROOT + ".client.apache4",
            ROOT + ".client.apache5",
            ROOT + ".client.okhttp",
            ROOT + ".loadtime",
            ROOT + ".weave")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "javax..", "org.jspecify..", ROOT + "..")
        .check(classes);
  }

  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
