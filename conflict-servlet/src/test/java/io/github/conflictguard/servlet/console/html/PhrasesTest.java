package io.github.conflictguard.servlet.console.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts are complete in both languages, and each is used. */
class PhrasesTest {

  private static final Path SOURCES =
      Path.of("src/main/java/io/github/conflictguard/servlet/console");

  private final Properties english = read("monitor.properties");
  private final Properties german = read("monitor_de.properties");

  @Test
  void bothLanguagesHaveTheSameTexts() {
    assertEquals(new TreeSet<>(english.keySet()), new TreeSet<>(german.keySet()));
  }

  @Test
  void translationsHaveTheSameArguments() {
    List<String> different = new ArrayList<>();
    for (String name : english.stringPropertyNames()) {
      if (!arguments(english.getProperty(name)).equals(arguments(german.getProperty(name)))) {
        different.add(name);
      }
    }
    assertEquals(List.of(), different);
  }

  private static Set<String> arguments(String text) {
    Set<String> arguments = new TreeSet<>();
    Matcher found = Pattern.compile("\\{\\d}").matcher(text);
    while (found.find()) {
      arguments.add(found.group());
    }
    return arguments;
  }

  @Test
  void everyKindOfConflictHasANameAndACause() {
    for (ProblemType type : ProblemType.values()) {
      assertTrue(english.containsKey("code." + type.kind()), type.kind());
      assertTrue(english.containsKey("cause." + type.kind()), type.kind());
    }
  }

  /** A name is used as it is, or its beginning is, to which the code appends the rest. */
  @Test
  void everyTextIsUsed() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    List<String> unused = new ArrayList<>();
    for (String name : english.stringPropertyNames()) {
      String last = name.substring(name.lastIndexOf('.') + 1);
      String plain = name.replaceAll("\\.(none|more|lead)$", "");
      boolean used =
          Stream.of(name, plain, last, plain.substring(plain.lastIndexOf('.') + 1))
              .anyMatch(text -> sources.indexOf('"' + text + '"') >= 0);
      boolean composed = name.matches("(code|cause|do|explain|group|page|column|notice)\\..*");
      if (!used && !composed) {
        unused.add(name);
      }
    }
    assertEquals(List.of(), unused);
  }

  @Test
  void argumentsAreFilledInOnce() {
    assertEquals("Show all {1}", Phrases.ENGLISH.text("all", "{1}"));
    assertEquals("2 d 3 h", Phrases.GERMAN.text("unit.days", 2, 3));
    assertFalse(Phrases.ENGLISH.text("all").isEmpty());
  }

  private static Properties read(String file) {
    Properties texts = new Properties();
    try (InputStream in = Phrases.class.getResourceAsStream(file)) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return texts;
  }
}
