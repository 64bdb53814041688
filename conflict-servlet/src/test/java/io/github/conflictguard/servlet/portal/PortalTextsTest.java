package io.github.conflictguard.servlet.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.RetryHint;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts of the pages in both languages. */
class PortalTextsTest {

  @ParameterizedTest
  @EnumSource
  void everyKindHasItsTextsInBothLanguages(ProblemType type) {
    for (Language language : Language.values()) {
      for (String what : new String[] {"title", "meaning", "fault", "cure"}) {
        assertFalse(language.text("kind." + type.kind() + "." + what).isEmpty());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRemedyHasItsTextInBothLanguages(Action action) {
    for (Language language : Language.values()) {
      assertFalse(language.text("action." + action.name()).isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyAdviceHasItsTextInBothLanguages(RetryHint hint) {
    for (Language language : Language.values()) {
      assertFalse(language.text("again." + hint.code()).isEmpty());
    }
  }

  @Test
  void bothLanguagesHaveTheSameTexts() throws Exception {
    assertEquals(names("portal.properties"), names("portal_de.properties"));
  }

  private static TreeSet<String> names(String file) throws Exception {
    Properties texts = new Properties();
    try (Reader reader =
        new InputStreamReader(Language.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
    return new TreeSet<>(texts.stringPropertyNames());
  }
}
