package io.github.conflictguard.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemType;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of the pages. */
class TextsTest {

  @Test
  void germanHasEveryWordThatEnglishHasAndThoseOfProblems() throws Exception {
    Set<String> wanted = new TreeSet<>(file("texts.properties").stringPropertyNames());
    for (ProblemType type : ProblemType.values()) {
      wanted.add("problem." + type.name() + ".title");
      wanted.add("problem." + type.name() + ".detail");
    }
    for (Action action : Action.values()) {
      wanted.add("action." + action.name());
    }
    assertEquals(wanted, new TreeSet<>(file("texts_de.properties").stringPropertyNames()));
  }

  @Test
  void germanHasTheSamePlaceholders() throws Exception {
    Properties english = file("texts.properties");
    Properties german = file("texts_de.properties");
    for (String key : english.stringPropertyNames()) {
      assertEquals(
          placeholders(english.getProperty(key)), placeholders(german.getProperty(key)), key);
    }
  }

  @Test
  void everyProblemAndEveryActionIsTranslated() {
    Texts english = Texts.in(List.of(Locale.ENGLISH));
    Texts german = Texts.in(List.of(Locale.GERMAN));
    for (ProblemType type : ProblemType.values()) {
      assertNotEquals(type.title(), german.title(type));
      assertNotEquals(type.detail(), german.detail(type));
    }
    for (Action action : Action.values()) {
      assertNotEquals(english.title(action), german.title(action));
    }
  }

  @Test
  void pagesNeverSpeakOfHeadersOrTags() {
    for (String language : List.of("en", "de")) {
      Texts texts = Texts.in(List.of(Locale.forLanguageTag(language)));
      StringBuilder all = new StringBuilder();
      for (ProblemType type : ProblemType.values()) {
        all.append(texts.title(type)).append('\n').append(texts.detail(type)).append('\n');
      }
      for (Action action : Action.values()) {
        all.append(texts.title(action)).append('\n');
      }
      assertFalse(
          Pattern.compile("(?i)header|e-?tag|if-|precondition|condition|bedingung|entity")
              .matcher(all)
              .find(),
          all.toString());
    }
  }

  @Test
  void wordsForOneTellNothingOfAnother() throws Exception {
    for (String file : List.of("texts.properties", "texts_de.properties")) {
      Properties words = file(file);
      for (String key : words.stringPropertyNames()) {
        if (key.endsWith(".neutral") || key.matches("form\\.(title\\..*|unknown|different-.*)")) {
          assertFalse(
              words.getProperty(key).matches("(?i).*(another user|both|jemand|beide).*"), key);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', en",
    "de, de",
    "de-AT, de",
    "'fr,de', de",
    "'fr,en,de', en",
    "'en-GB,de', en",
    "'*', en",
    "'sr-Latn,de', de",
    "xx, en",
  })
  void theFirstLanguageThatThereIsIsTaken(String preferred, String language) {
    List<Locale> locales =
        preferred.isEmpty()
            ? List.of()
            : Arrays.stream(preferred.split(",")).map(Locale::forLanguageTag).toList();
    assertEquals(language, Texts.in(locales).language());
  }

  @Test
  void whatALanguageLeavesOutIsInEnglish() {
    // A file beside the test classes, as an application would bring one.
    Texts texts = Texts.in(List.of(Locale.forLanguageTag("eo")));
    assertEquals("eo", texts.language());
    assertEquals("Kion vi povas fari", texts.get("problem.actions"));
    assertEquals("Field", texts.get("problem.field"));
    assertEquals(ProblemType.DUPLICATE_KEY.title(), texts.title(ProblemType.DUPLICATE_KEY));
  }

  @Test
  void filesAreUtf8() {
    assertEquals("Was Sie tun können", Texts.in(List.of(Locale.GERMAN)).get("problem.actions"));
  }

  @Test
  void argumentsAreTakenAsTheyAre() {
    assertEquals(
        "Reference for support: {0} $1 \\ '",
        Texts.in(List.of()).get("problem.reference", "{0} $1 \\ '"));
  }

  @Test
  void aKeyThatDoesNotExistIsAMistake() {
    assertThrows(IllegalArgumentException.class, () -> Texts.in(List.of()).get("problem.none"));
  }

  private static Set<String> placeholders(String text) {
    return new TreeSet<>(
        Pattern.compile("\\{\\d}").matcher(text).results().map(found -> found.group()).toList());
  }

  private static Properties file(String name) throws Exception {
    Properties words = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return words;
  }
}
