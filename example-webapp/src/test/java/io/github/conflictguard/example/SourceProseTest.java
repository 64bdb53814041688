package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.readme.Idioms;
import io.github.conflictguard.example.readme.SourceProse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comments and messages of the main sources avoid the same idioms as the documents. */
class SourceProseTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @ParameterizedTest
  @ValueSource(strings = {"conflict-core", "conflict-servlet", "example-webapp"})
  void commentsAndMessagesAvoidIdioms(String module) throws Exception {
    Idioms idioms = Idioms.ofSources();
    List<String> found = new ArrayList<>();
    for (Path source : sources(ROOT.resolve(module).resolve("src/main/java"))) {
      found.addAll(
          idioms.foundIn(
              source.getFileName().toString(), SourceProse.of(Files.readString(source))));
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void idiomsInCodeAreNotFound() throws Exception {
    String source =
        """
        /** Returns {@code nobody}. */
        String somebody = "whoever" + 'x'; // Meanwhile.
        """;
    List<String> found = Idioms.ofSources().foundIn("X", SourceProse.of(source));
    assertEquals(1, found.size(), found.toString());
    assertTrue(found.get(0).startsWith("X:2: 'Meanwhile'"), found.toString());
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertTrue(!sources.isEmpty());
      return sources;
    }
  }
}
