package io.github.conflictguard.etag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The parser against the grammar of RFC 9110 written as a regular expression, on hundreds of
 * thousands of random values. The seeds are fixed, so that a failure comes back.
 */
class EntityTagGrammarTest {

  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"";
  private static final String OWS = "[ \\t]*+";
  private static final Pattern WILDCARD = Pattern.compile(OWS + "\\*" + OWS);
  private static final Pattern LIST =
      Pattern.compile(
          "(?:" + OWS + ",)*+" + OWS + "(?:" + TAG + OWS + "(?:,(?:" + OWS + ",)*+" + OWS + "(?:"
              + TAG + OWS + ")?)*+)?");
  private static final Pattern ONE_TAG = Pattern.compile(TAG);

  /** What the grammar is made of, much more often than what it is not. */
  private static final String[] PIECES = {
    "\"", "\"", "\"", ",", ",", " ", "\t", "W/", "W", "/", "w/", "*", "a", "b", "\"a\"", "W/\"b\"",
    "\\", "\u007f", "\u0080", "\u00ff", "\u0100", "\u0000", "\n", ";", "-gzip",
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void acceptsWhatTheGrammarAcceptsAndNothingElse(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 100_000; i++) {
      String value = randomValue(random);
      String expected = normalByGrammar(value);
      assertEquals(expected, normalByParser(value), () -> "for <" + value + ">");
      accepted += expected.equals("malformed") ? 0 : 1;
    }
    // Otherwise the test would say little.
    assertEquals(true, accepted > 5_000, "accepted " + accepted);
  }

  @Test
  void whatWasReadIsReadAgainAsTheSame() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      String value = randomValue(random);
      if (!normalByGrammar(value).equals("malformed")) {
        EntityTagSet set = EntityTagSet.parse(List.of(value));
        assertEquals(set, EntityTagSet.parse(List.of(set.toString())));
      }
    }
  }

  private static String randomValue(Random random) {
    StringBuilder value = new StringBuilder();
    for (int pieces = random.nextInt(9); pieces > 0; pieces--) {
      value.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return value.toString();
  }

  private static String normalByParser(String value) {
    try {
      return EntityTagSet.parse(List.of(value)).toString();
    } catch (EntityTagSyntaxException e) {
      return "malformed";
    }
  }

  private static String normalByGrammar(String value) {
    if (WILDCARD.matcher(value).matches()) {
      return "*";
    }
    if (!LIST.matcher(value).matches()) {
      return "malformed";
    }
    List<String> tags = new ArrayList<>();
    Matcher tag = ONE_TAG.matcher(value);
    while (tag.find()) {
      tags.add(tag.group());
    }
    return String.join(", ", tags);
  }
}
