package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeServer;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is where in the WAR. */
class ArchiveIT {

  private static List<String> names;

  @BeforeAll
  static void list() throws IOException {
    try (JarFile war = new JarFile(OfficeServer.war().toFile())) {
      names = war.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void theEmbeddedJettyIsOutOfSightOfOtherContainers() {
    assertEquals(
        List.of(),
        names.stream()
            .filter(name -> name.matches("WEB-INF/lib/.*(jetty|jasper|servlet-api|slf4j|ecj).*"))
            .toList());
    assertTrue(names.stream().anyMatch(name -> name.matches("WEB-INF/lib-embedded/jetty-.*")));
  }

  @Test
  void nothingButTheLauncherLiesInFrontOfTheApplication() {
    assertEquals(
        List.of(),
        names.stream()
            .filter(name -> name.endsWith(".class") && !name.startsWith("WEB-INF/classes/"))
            .filter(name -> !name.startsWith("io/github/conflictguard/example/launch/"))
            .toList());
  }

  @Test
  void theLauncherIsNotThereTwice() {
    assertEquals(
        List.of(),
        names.stream().filter(name -> name.matches("WEB-INF/classes/.*/launch/.*class")).toList());
  }
}
