package io.github.conflictguard.servlet.jar;

import static io.github.conflictguard.servlet.jar.BuiltJar.AGENT;
import static io.github.conflictguard.servlet.jar.BuiltJar.CORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every jar has in common: its licence, its notices, its packages, its manifest, its size. */
class JarContentsIT {

  private static final String ROOT = "io/github/conflictguard/";

  @ParameterizedTest
  @EnumSource
  void everyJarHasTheLicence(BuiltJar jar) throws Exception {
    assertEquals(Files.readString(root().resolve("LICENSE")), jar.text("META-INF/LICENSE"));
  }

  @ParameterizedTest
  @EnumSource
  void theNoticeNamesThirdPartyCodeWhereThereIsSome(BuiltJar jar) {
    String notice = jar.text("META-INF/NOTICE");
    assertTrue(notice.startsWith("Conflict Guard\nCopyright "), notice);
    assertEquals(jar != AGENT, notice.contains("contains no third-party code"), notice);
    assertFalse(notice.contains("${"), notice);
  }

  /** Their names are those in the application, also where servlet types are renamed. */
  @ParameterizedTest
  @EnumSource(names = {"JAKARTA", "JAVAX", "DROPIN_JAKARTA", "DROPIN_JAVAX"})
  void optionalLibrariesAreNamedByTheirBridgesAloneAndNotContained(BuiltJar jar) {
    Map<String, List<String>> bridges =
        Map.of(
            "io/micrometer/", List.of("MicrometerBridge"),
            "io/opentelemetry/", List.of("OpenTelemetryBridge", "OpenTelemetryBridge$Measured"),
            "org/slf4j/", List.of("Slf4jContext"));
    bridges.forEach(
        (library, classes) -> {
          assertEquals(
              classes.stream()
                  .map(name -> ROOT + "servlet/bridge/" + name + ".class")
                  .collect(Collectors.toSet()),
              jar.classesThatMention(library).collect(Collectors.toSet()));
          assertTrue(jar.files().keySet().stream().noneMatch(file -> file.startsWith(library)));
        });
  }

  @Test
  void theAgentNamesTheVersionsOfWhatIsInIt() throws Exception {
    String notice = AGENT.text("META-INF/NOTICE");
    String byteBuddy = ofByteBuddy("META-INF/maven/net.bytebuddy/byte-buddy/pom.properties");
    assertTrue(
        notice.contains("Byte Buddy " + only("version=(.+)", byteBuddy) + " "), () -> notice);
    String asm = only("ASM ([0-9.]+),", ofByteBuddy("META-INF/LICENSE"));
    assertTrue(notice.contains("ASM " + asm + " "), () -> notice);
    assertEquals(ofByteBuddy("META-INF/licenses/ASM"), AGENT.text("META-INF/licenses/ASM"));
  }

  /** The bill names what the notice names, under the same versions. */
  @Test
  void theAgentHasABillOfItsMaterials() throws Exception {
    JsonNode bill = new ObjectMapper().readTree(AGENT.text("META-INF/sbom/application.cdx.json"));
    assertEquals("CycloneDX", bill.path("bomFormat").asText());
    String self = bill.at("/metadata/component/version").asText();
    assertTrue(AGENT.file().getFileName().toString().contains("-" + self + "-"), self);
    String notice = AGENT.text("META-INF/NOTICE");
    Set<String> found = new TreeSet<>();
    for (JsonNode component : bill.path("components")) {
      String group = component.path("group").asText();
      String name = group + ":" + component.path("name").asText();
      found.add(name);
      assertTrue(notice.contains(name), name);
      String version = component.path("version").asText();
      String product = group.equals("org.ow2.asm") ? "ASM " : "Byte Buddy ";
      assertTrue(notice.contains(product + version + " "), name + " " + version);
      assertEquals(
          "pkg:maven/" + name.replace(':', '/') + "@" + version, component.path("purl").asText());
    }
    assertEquals(
        Set.of(
            "net.bytebuddy:byte-buddy",
            "net.bytebuddy:byte-buddy-agent",
            "org.ow2.asm:asm",
            "org.ow2.asm:asm-commons"),
        found);
  }

  @ParameterizedTest
  @EnumSource
  void everyClassLiesBelowThePackageOfTheProject(BuiltJar jar) {
    assertEquals(Set.of(), classesOutside(jar, ROOT));
  }

  @ParameterizedTest
  @EnumSource(names = {"JAKARTA", "JAVAX"})
  void theJarOfTheFilterHasTheFilterAlone(BuiltJar jar) {
    assertEquals(Set.of(), classesOutside(jar, ROOT + "servlet/"));
  }

  @Test
  void theCoreHasNothingOfTheFilterAndTheAgentNothingOfEither() {
    assertEquals(Set.of(), classesBelow(CORE, ROOT + "servlet/"));
    assertEquals(Set.of(), classesBelow(CORE, ROOT + "agent/bytebuddy/"));
    assertEquals(Set.of(), classesBelow(AGENT, ROOT + "servlet/"));
    assertFalse(classesBelow(AGENT, ROOT + "agent/bytebuddy/").isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"AGENT", "DROPIN_JAKARTA", "DROPIN_JAVAX"})
  void theKitForClientsIsInTheCoreAlone(BuiltJar jar) {
    assertEquals(Set.of(), classesBelow(jar, ROOT + "client/"));
    assertFalse(classesBelow(CORE, ROOT + "client/").isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void noOtherFilesAreAtTheTopOfAJar(BuiltJar jar) {
    Set<String> top =
        jar.files().keySet().stream()
            .map(name -> name.substring(0, Math.max(0, name.indexOf('/'))))
            .collect(Collectors.toSet());
    assertEquals(Set.of("META-INF", "io"), top);
  }

  @ParameterizedTest
  @CsvSource({
    "CORE, core",
    "AGENT, agent",
    "JAKARTA, servlet",
    "JAVAX, servlet",
    "DROPIN_JAKARTA, dropin",
    "DROPIN_JAVAX, dropin"
  })
  void everyJarHasTheNameOfItsModule(BuiltJar jar, String module) throws Exception {
    Attributes manifest = jar.manifest().getMainAttributes();
    assertEquals("io.github.conflictguard." + module, manifest.getValue("Automatic-Module-Name"));
    assertNull(jar.files().get("module-info.class"));
  }

  /** Java 8 takes the classes at the top alone, later versions take them as well. */
  @ParameterizedTest
  @EnumSource
  void noJarHasClassesForCertainVersionsOfJava(BuiltJar jar) throws Exception {
    assertNull(jar.manifest().getMainAttributes().getValue("Multi-Release"));
    Stream<String> names = jar.files().keySet().stream();
    assertEquals(List.of(), names.filter(name -> name.startsWith("META-INF/versions/")).toList());
  }

  @Test
  void theDocumentsGiveTheSizes() throws Exception {
    String dropIn = "needs one of them, of ([0-9.]+) MB";
    assertEquals(sizeOf(BuiltJar.DROPIN_JAKARTA), told(dropIn), 0.1);
    assertEquals(sizeOf(BuiltJar.DROPIN_JAVAX), told(dropIn), 0.1);
    assertEquals(sizeOf(AGENT), told("-agent\\.jar` \\(([0-9.]+) MB"), 0.1);
  }

  private static Set<String> classesOutside(BuiltJar jar, String folder) {
    return classes(jar).filter(name -> !name.startsWith(folder)).collect(Collectors.toSet());
  }

  private static Set<String> classesBelow(BuiltJar jar, String folder) {
    return classes(jar).filter(name -> name.startsWith(folder)).collect(Collectors.toSet());
  }

  private static Stream<String> classes(BuiltJar jar) {
    return jar.files().keySet().stream().filter(name -> name.endsWith(".class"));
  }

  private static double sizeOf(BuiltJar jar) throws IOException {
    return Files.size(jar.file()) / 1e6;
  }

  /** Returns the number in the one document of the project that has it. */
  private static double told(String pattern) throws IOException {
    StringBuilder documents = new StringBuilder();
    for (String folder : List.of("", "conflict-core", "conflict-servlet", "example-webapp")) {
      Path document = root().resolve(folder).resolve("README.md");
      if (Files.exists(document)) {
        documents.append(Files.readString(document));
      }
    }
    return Double.parseDouble(only(pattern, documents.toString()));
  }

  private static String only(String pattern, String text) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), pattern);
    return found.group(1);
  }

  private static String ofByteBuddy(String file) throws Exception {
    Path jar = Path.of(ByteBuddy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return BuiltJar.text(jar, file);
  }

  private static Path root() {
    return Path.of(System.getProperty("project.root"));
  }
}
