package io.github.conflictguard.servlet.jar;

import static io.github.conflictguard.servlet.jar.BuiltJar.DROPIN_JAKARTA;
import static io.github.conflictguard.servlet.jar.BuiltJar.DROPIN_JAVAX;
import static io.github.conflictguard.servlet.jar.BuiltJar.JAKARTA;
import static io.github.conflictguard.servlet.jar.BuiltJar.JAVAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.ConflictException;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import net.bytebuddy.build.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What is in the jars, and what is not. */
class JarsIT {

  private static final String SERVICE = "META-INF/services/%s.servlet.ServletContainerInitializer";
  private static final String INITIALIZER =
      "io.github.conflictguard.servlet.ConflictGuardInitializer";

  @Test
  void bothNamespacesHaveTheSameClasses() {
    assertEquals(classes(JAKARTA), classes(JAVAX));
    assertEquals(classes(DROPIN_JAKARTA), classes(DROPIN_JAVAX));
  }

  @Test
  void nothingOfTheOtherServletApiIsLeftInTheJavaxJars() {
    for (BuiltJar jar : List.of(JAVAX, DROPIN_JAVAX)) {
      assertEquals(List.of(), jar.classesThatMention("jakarta.servlet").toList());
      assertEquals(List.of(), jar.classesThatMention("jakarta/servlet").toList());
    }
  }

  @Test
  void everyMentionOfTheServletApiMovesWithTheNamespace() {
    for (BuiltJar jar : List.of(JAKARTA, DROPIN_JAKARTA)) {
      assertEquals(0, jar.mentions("javax/servlet/") + jar.mentions("javax.servlet."));
    }
    // Constants such as "jakarta.servlet.error.exception".
    int constants = JAKARTA.mentions("jakarta.servlet.");
    assertEquals(constants, JAVAX.mentions("javax.servlet."));
    assertEquals(constants, DROPIN_JAKARTA.mentions("jakarta.servlet."));
    assertEquals(constants, DROPIN_JAVAX.mentions("javax.servlet."));
    // References. Each class file may lose some that nothing in it uses.
    List<String> classes = JAKARTA.classesThatMention("jakarta/servlet/").toList();
    assertEquals(classes, JAVAX.classesThatMention("javax/servlet/").toList());
    assertEquals(classes, DROPIN_JAKARTA.classesThatMention("jakarta/servlet/").toList());
    assertEquals(classes, DROPIN_JAVAX.classesThatMention("javax/servlet/").toList());
    assertTrue(JAVAX.mentions("javax/servlet/") > 0);
  }

  @Test
  void theInitializerIsAServiceOfItsOwnNamespaceAlone() {
    for (BuiltJar jar : List.of(JAKARTA, DROPIN_JAKARTA)) {
      assertEquals(INITIALIZER, jar.text(SERVICE.formatted("jakarta")).trim());
      assertNull(jar.text(SERVICE.formatted("javax")));
    }
    for (BuiltJar jar : List.of(JAVAX, DROPIN_JAVAX)) {
      assertEquals(INITIALIZER, jar.text(SERVICE.formatted("javax")).trim());
      assertNull(jar.text(SERVICE.formatted("jakarta")));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DROPIN_JAKARTA", "DROPIN_JAVAX"})
  void aDropInJarHasNothingThatAnApplicationCouldSeeButTheGuard(BuiltJar jar) throws Exception {
    Set<String> foreign =
        jar.files().keySet().stream()
            .filter(name -> !name.startsWith("io/github/conflictguard/"))
            .filter(name -> !name.matches("META-INF/(maven/.*|sbom/.*|MANIFEST\\.MF)"))
            .filter(name -> !name.matches("META-INF/(LICENSE|NOTICE)"))
            .collect(Collectors.toSet());
    foreign.remove(SERVICE.formatted(jar == DROPIN_JAVAX ? "javax" : "jakarta"));
    assertEquals(
        Set.of("META-INF/conflict-guard.tld", "META-INF/net.bytebuddy/build.plugins"), foreign);
    assertNull(jar.manifest().getMainAttributes().getValue("Multi-Release"));
    assertNull(jar.manifest().getMainAttributes().getValue("Bundle-SymbolicName"));
  }

  @ParameterizedTest
  @EnumSource
  void aJarNeedsNothingButTheServletApi(BuiltJar jar) {
    for (String name : List.of("com/fasterxml", "com.fasterxml", "org/slf4j")) {
      assertEquals(
          List.of(),
          jar.classesThatMention(name).filter(file -> !file.contains("/servlet/bridge/")).toList(),
          name);
    }
    assertEquals(
        List.of(),
        jar.classesThatMention("net/bytebuddy")
            .filter(name -> !name.matches("io/github/conflictguard/(archive|loadtime|weave)/.*"))
            .toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"JAKARTA", "JAVAX", "DROPIN_JAKARTA", "DROPIN_JAVAX"})
  void theSchemaOfTheRulesFileIsInTheJar(BuiltJar jar) {
    String schema = "io/github/conflictguard/servlet/rule/conflict-guard.schema.json";
    assertTrue(jar.text(schema).contains("https://json-schema.org/draft/2020-12/schema"));
  }

  /** An application has the libraries of its own choice, of its own versions. */
  @ParameterizedTest
  @ValueSource(strings = {"conflict-core", "conflict-servlet"})
  void whoDependsOnTheGuardGetsNoOtherLibrary(String module) throws Exception {
    String file = System.getProperty("project.root") + "/" + module + "/pom.xml";
    Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(file));
    XPath path = XPathFactory.newInstance().newXPath();
    assertEquals(
        module.equals("conflict-core") ? "" : "conflict-core",
        path.evaluate(
            "/project/dependencies/dependency[not(scope) and not(optional)]/artifactId", pom));
    assertEquals(
        module.equals("conflict-core") ? 0.0 : 1.0,
        path.evaluate(
            "count(/project/dependencies/dependency[not(scope) and not(optional)])",
            pom,
            XPathConstants.NUMBER));
  }

  /** A build that has this jar on its class path needs nothing else but Byte Buddy's plugin. */
  @ParameterizedTest
  @EnumSource(names = {"DROPIN_JAKARTA", "DROPIN_JAVAX"})
  void theBuildPluginIsInADropInJar(BuiltJar jar) throws Exception {
    String name = jar.text("META-INF/net.bytebuddy/build.plugins").trim();
    URL[] classPath = {
      jar.file().toUri().toURL(),
      Path.of(System.getProperty("test.classes")).toUri().toURL(),
      Plugin.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader build =
        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      Object thrown =
          build
              .loadClass(PluginRun.class.getName())
              .getMethod("weaveAndCall", String.class)
              .invoke(null, name);
      assertEquals(ConflictException.class.getName(), thrown.getClass().getName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyClassRunsOnJava8(BuiltJar jar) {
    jar.files()
        .forEach(
            (name, file) -> {
              if (name.endsWith(".class")) {
                assertTrue(ByteBuffer.wrap(file).getInt(4) <= 52, name);
              }
            });
  }

  private static List<String> classes(BuiltJar jar) {
    Stream<String> names = jar.files().keySet().stream();
    return names.filter(name -> name.endsWith(".class")).sorted().toList();
  }
}
