package io.github.conflictguard.etag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

  /** The table of RFC 9110, section 8.8.3.2. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "W/\"1\", W/\"1\", false, true",
        "W/\"1\", W/\"2\", false, false",
        "W/\"1\",   \"1\", false, true",
        "  \"1\",   \"1\", true,  true",
      })
  void comparesAsTheTableOfTheStandardSays(
      String first, String second, boolean strongly, boolean weakly) throws Exception {
    EntityTag one = EntityTag.parse(first);
    EntityTag two = EntityTag.parse(second);
    assertEquals(strongly, one.matchesStrongly(two));
    assertEquals(strongly, two.matchesStrongly(one));
    assertEquals(weakly, one.matchesWeakly(two));
    assertEquals(weakly, two.matchesWeakly(one));
  }

  @Test
  void ofAHashIsStrongAndLowerCaseHexadecimal() {
    byte[] hash = {0, 15, 16, 127, -128, -1, 1};
    assertEquals(EntityTag.strong("000f107f80ff"), EntityTag.ofHash(hash, 6));
    assertEquals(EntityTag.strong(""), EntityTag.ofHash(hash, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a,b;c*\\d\"", "W/\"x\"", "\"\u00e4\u00ff\"", "\"!#~\u0080\""})
  void writesWhatItRead(String value) throws Exception {
    assertEquals(value, EntityTag.parse(value).toString());
    assertEquals(value, EntityTag.parse("\t " + value + " ").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\"",
        "\"a",
        "a\"",
        "w/\"a\"",
        "W\"a\"",
        "W/ \"a\"",
        "W/",
        "\"a b\"",
        "\"a\tb\"",
        "\"a\"b\"",
        "\"a\", \"b\"",
        "*",
        "'a'",
        "\"\u007f\"",
        "\"\u0100\"",
        "\"\u0000\"",
      })
  void refusesWhatIsNotOneTag(String value) {
    assertThrows(EntityTagSyntaxException.class, () -> EntityTag.parse(value));
  }

  @Test
  void backslashEscapesNothing() throws Exception {
    assertEquals("a\\", EntityTag.parse("\"a\\\"").opaque());
  }

  @Test
  void madeTagsAreCheckedToo() {
    assertThrows(IllegalArgumentException.class, () -> EntityTag.strong("a\"b"));
    assertThrows(IllegalArgumentException.class, () -> EntityTag.weak("a b"));
    assertEquals("W/\"a\"", EntityTag.weak("a").toString());
  }

  @Test
  void weakAndStrongAreDifferentValues() {
    assertEquals(EntityTag.strong("a"), EntityTag.strong("a"));
    assertEquals(EntityTag.strong("a").hashCode(), EntityTag.strong("a").hashCode());
    assertNotEquals(EntityTag.strong("a"), EntityTag.weak("a"));
    assertTrue(EntityTag.weak("a").isWeak());
    assertFalse(EntityTag.strong("a").isWeak());
  }
}
