package io.github.conflictguard.servlet.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are not believed. */
class AnswerRulesTest {

  private static final String EVERYTHING = "'2xx','3xx','4xx','5xx'";

  @ParameterizedTest
  @CsvSource({
    "200, false",
    "302, false",
    "399, false",
    "400, false",
    "499, false",
    "500, true",
    "599, true"
  })
  void withoutARuleOnlyFailuresOfTheServer(int status, boolean hides) {
    assertEquals(hides, AnswerRules.none().concern(status));
    assertEquals(hides, AnswerRules.none().hideConflict(status, "/x"));
    assertNull(AnswerRules.none().kindOf(status, "/x"));
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 409, 412, 428})
  void whatSaysWhatHadToBeSaidIsBelievedWhateverTheRules(int status) throws Exception {
    AnswerRules rules =
        rules(
            "'suspectResponses':["
                + EVERYTHING
                + "],'conflictResponses':[{'answer':'3xx','kind':'locked'},{'answer':'4xx','kind':'locked'}]");
    assertFalse(rules.concern(status));
    assertFalse(rules.hideConflict(status, null));
    assertNull(rules.kindOf(status, null));
    assertTrue(rules.concern(status + 1));
    assertTrue(rules.hideConflict(status + 1, null));
    assertEquals(ConflictKind.LOCKED, rules.kindOf(status + 1, null));
  }

  @ParameterizedTest
  @CsvSource({
    "200, 200, , true",
    "200, 201, , false",
    "2xx, 299, , true",
    "2xx, 300, , false",
    "302 /list, 302, /list, true",
    "302 /list, 302, /list2, false",
    "302 /list, 302, /list?a, false",
    "302 /list*, 302, /list?a, true",
    "302 /list, 303, /list, false",
    "302 /list, 302, , false",
    "3xx *error=*, 303, /a?error=1, true",
    "3xx *error=*, 303, /a, false",
    "302 https://other.test/*, 302, https://other.test/x, true",
    "302 /a.b, 302, /axb, false",
  })
  void anAnswerIsKnownByStatusAndPlace(String pattern, int status, String target, boolean known)
      throws Exception {
    AnswerRules swallowed = rules("'suspectResponses':'" + pattern + "'");
    assertEquals(known, swallowed.hideConflict(status, target));
    AnswerRules stated =
        rules("'conflictResponses':[{'answer':'" + pattern + "','kind':'transient'}]");
    assertEquals(known ? ConflictKind.TRANSIENT : null, stated.kindOf(status, target));
    assertFalse(stated.hideConflict(status, target), "it only stands for one");
    if (known) {
      assertTrue(swallowed.concern(status));
      assertTrue(stated.concern(status));
    }
  }

  @Test
  void theFirstAnswerThatFitsCounts() throws Exception {
    AnswerRules rules =
        rules(
            "'conflictResponses':[{'answer':'302 /a*','kind':'locked'},{'answer':'302','kind':'exclusion'}]");
    assertEquals(ConflictKind.LOCKED, rules.kindOf(302, "/a"));
    assertEquals(ConflictKind.EXCLUSION, rules.kindOf(302, "/b"));
  }

  private static AnswerRules rules(String fields) throws Exception {
    String file = "{'rules':[{'name':'a','write':'/a'," + fields + "}]}";
    byte[] json = file.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return RuleFile.read(new ByteArrayInputStream(json)).all().get(0).answers();
  }
}
