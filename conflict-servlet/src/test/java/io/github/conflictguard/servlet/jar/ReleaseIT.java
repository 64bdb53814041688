package io.github.conflictguard.servlet.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What Maven Central demands of a release, and what its users may expect. */
@Tag("release")
class ReleaseIT {

  private static final String BILL = "META-INF/sbom/application.cdx.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final XPath path = XPathFactory.newInstance().newXPath();

  /** The elements that its validation looks for. */
  @ParameterizedTest
  @EnumSource
  void thePublishedPomHasWhatMavenCentralDemands(Module module) throws Exception {
    Document pom = module.pom();
    for (String element :
        List.of(
            "modelVersion",
            "groupId",
            "artifactId",
            "version",
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/organization",
            "developers/developer/organizationUrl",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      assertFalse(path.evaluate("/project/" + element, pom).isBlank(), element);
    }
    assertEquals("io.github.conflictguard", path.evaluate("/project/groupId", pom));
    assertEquals(module.artifact, path.evaluate("/project/artifactId", pom));
    // Inherited addresses get the name of the module appended, unless that is switched off.
    assertEquals(path.evaluate("/project/scm/url", pom), path.evaluate("/project/url", pom));
    assertFalse(path.evaluate("/project/url", pom).endsWith(module.artifact));
  }

  @ParameterizedTest
  @EnumSource
  void thePublishedPomStandsAlone(Module module) throws Exception {
    Document pom = module.pom();
    for (String element :
        List.of("parent", "modules", "build", "profiles", "repositories", "properties")) {
      assertEquals("", path.evaluate("/project/" + element, pom), element);
    }
    assertFalse(Files.readString(module.pomFile()).contains("${"));
  }

  @Test
  void thePublishedDependenciesAreThoseOfMainCode() throws Exception {
    assertEquals(
        List.of(
            "byte-buddy compile optional",
            "byte-buddy-agent compile optional",
            "httpclient provided optional",
            "httpclient5 provided optional",
            "jspecify provided",
            "okhttp provided optional"),
        dependencies(Module.CORE));
    assertEquals(
        List.of(
            "conflict-core compile",
            "jakarta.servlet-api provided",
            "jakarta.servlet.jsp-api provided",
            "jspecify provided",
            "micrometer-core provided optional",
            "opentelemetry-api provided optional",
            "slf4j-api provided optional"),
        dependencies(Module.SERVLET));
  }

  /** Else a release would ask for something that may change, or is gone. */
  @ParameterizedTest
  @EnumSource
  void noPublishedDependencyIsASnapshotOfAnotherProject(Module module) throws Exception {
    String others =
        "/project/dependencies/dependency[groupId != 'io.github.conflictguard'][contains(version,"
            + " 'SNAPSHOT')]";
    assertEquals("", path.evaluate(others, module.pom()));
  }

  @ParameterizedTest
  @EnumSource
  void theJarsCarryThePublishedPom(Module module) throws Exception {
    String inside = "META-INF/maven/io.github.conflictguard/" + module.artifact + "/pom.xml";
    for (BuiltJar jar : module.jars) {
      assertEquals(Files.readString(module.pomFile()), jar.text(inside), jar.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyClassHasItsSource(Module module) {
    Set<String> sources =
        module.files("sources").keySet().stream()
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.replace(".java", ".class"))
            .collect(Collectors.toSet());
    Set<String> classes =
        module.jars.get(0).files().keySet().stream()
            .filter(name -> name.endsWith(".class") && !name.contains("$"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(classes.size() > 100);
    classes.removeAll(sources);
    assertEquals(Set.of(), classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConflictFilter", "ConflictGuarded"})
  void theJavadocHasThePublicTypes(String type) {
    Module module = type.equals("ConflictFilter") ? Module.SERVLET : Module.CORE;
    Map<String, byte[]> pages = module.files("javadoc");
    assertTrue(pages.containsKey("index.html"));
    assertTrue(pages.keySet().stream().anyMatch(page -> page.endsWith("/" + type + ".html")));
  }

  @ParameterizedTest
  @EnumSource
  void sourcesAndJavadocHaveLicenceAndNotice(Module module) throws Exception {
    String licence = Files.readString(root().resolve("LICENSE"));
    for (String classifier : List.of("sources", "javadoc")) {
      assertEquals(licence, BuiltJar.text(module.jar(classifier), "META-INF/LICENSE"), classifier);
      String notice = BuiltJar.text(module.jar(classifier), "META-INF/NOTICE");
      assertTrue(notice.startsWith("Conflict Guard\n"), classifier);
      boolean hasScripts =
          module.files(classifier).keySet().stream().anyMatch(name -> name.contains("jquery"));
      assertEquals(hasScripts, notice.contains("jQuery"), classifier);
      assertEquals(hasScripts, !notice.contains("contains no third-party code"), classifier);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyJarHasTheBillOfItsMaterials(Module module) throws Exception {
    for (BuiltJar jar : module.jars) {
      JsonNode bill = JSON.readTree(jar.text(BILL));
      assertEquals("CycloneDX", bill.path("bomFormat").asText());
      JsonNode self = bill.at("/metadata/component");
      assertEquals(module.artifact, self.path("name").asText());
      assertEquals(version(), self.path("version").asText());
      assertEquals("Apache-2.0", self.at("/licenses/0/license/id").asText());
      Set<String> names = new TreeSet<>();
      bill.path("components").forEach(component -> names.add(component.path("name").asText()));
      assertEquals(module.materials, names);
    }
  }

  /** Else two builds of one commit differ. */
  @ParameterizedTest
  @EnumSource
  void noBillHasATimeOrARandomNumber(Module module) throws Exception {
    for (BuiltJar jar : module.jars) {
      JsonNode bill = JSON.readTree(jar.text(BILL));
      String time = bill.at("/metadata/timestamp").asText();
      assertTrue(time.isEmpty() || time.startsWith("2026-11-20T00:00:00"), time);
      assertTrue(bill.path("serialNumber").isMissingNode());
    }
  }

  private List<String> dependencies(Module module) throws Exception {
    NodeList found =
        (NodeList)
            path.evaluate("/project/dependencies/dependency", module.pom(), XPathConstants.NODESET);
    List<String> dependencies = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      String scope = path.evaluate("scope", found.item(i));
      boolean optional = path.evaluate("optional", found.item(i)).equals("true");
      dependencies.add(
          path.evaluate("artifactId", found.item(i))
              + (scope.isEmpty() ? " compile" : " " + scope)
              + (optional ? " optional" : ""));
    }
    return dependencies.stream().sorted().toList();
  }

  private static Path root() {
    return Path.of(System.getProperty("project.root"));
  }

  private static String version() {
    String name = BuiltJar.CORE.file().getFileName().toString();
    return name.substring("conflict-core-".length(), name.length() - ".jar".length());
  }

  /** A module that is published. */
  enum Module {
    CORE("conflict-core", Set.of("byte-buddy", "byte-buddy-agent"), BuiltJar.CORE),
    SERVLET(
        "conflict-servlet",
        Set.of("conflict-core"),
        BuiltJar.JAKARTA,
        BuiltJar.JAVAX,
        BuiltJar.DROPIN_JAKARTA,
        BuiltJar.DROPIN_JAVAX);

    final String artifact;
    final Set<String> materials;
    final List<BuiltJar> jars;

    Module(String artifact, Set<String> materials, BuiltJar... jars) {
      this.artifact = artifact;
      this.materials = materials;
      this.jars = List.of(jars);
    }

    Path jar(String classifier) {
      return target().resolve(artifact + "-" + version() + "-" + classifier + ".jar");
    }

    Map<String, byte[]> files(String classifier) {
      return BuiltJar.files(jar(classifier));
    }

    Path pomFile() {
      return target().resolve("published-pom.xml");
    }

    Document pom() throws Exception {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pomFile().toFile());
    }

    private Path target() {
      return jars.get(0).file().getParent();
    }
  }
}
