package io.github.conflictguard.etag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagSetTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "\"a\"                 | \"a\"",
        "\"a\",\"b\"           | \"a\", \"b\"",
        "\"a\" \t, W/\"b\"     | \"a\", W/\"b\"",
        ", ,\"a\",,\"b\" , ,   | \"a\", \"b\"",
        "\"a,b\", \"*\"        | \"a,b\", \"*\"",
      })
  void readsLists(String line, String normal) throws Exception {
    assertEquals(normal, EntityTagSet.parse(List.of(line)).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , ,\t,"})
  void anEmptyListIsLegalAndMatchesNothing(String line) throws Exception {
    EntityTagSet set = EntityTagSet.parse(List.of(line));
    assertFalse(set.isAny());
    assertTrue(set.tags().isEmpty());
    assertFalse(set.containsWeakly(EntityTag.strong("a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", " *", "*\t"})
  void readsTheWildcard(String line) throws Exception {
    assertTrue(EntityTagSet.parse(List.of(line)).isAny());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*, *",
        "*,",
        ",*",
        "\"a\", *",
        "*, \"a\"",
        "**",
        "\"a\" \"b\"",
        "\"a\";\"b\"",
        "a, b",
        "\"a\", w/\"b\"",
        "\"a\", \"b",
        "x\"a\"",
        "\"a\"x",
      })
  void refusesEverythingElse(String line) {
    assertThrows(EntityTagSyntaxException.class, () -> EntityTagSet.parse(List.of(line)));
  }

  @Test
  void severalLinesAreOneList() throws Exception {
    EntityTagSet set = EntityTagSet.parse(List.of("\"a\", \"b\"", "", "W/\"c\""));
    assertEquals("\"a\", \"b\", W/\"c\"", set.toString());
    assertThrows(EntityTagSyntaxException.class, () -> EntityTagSet.parse(List.of("*", "\"a\"")));
    // Lines are joined before they are read, as section 5.3 says.
    assertEquals("\"a,b\"", EntityTagSet.parse(List.of("\"a", "b\"")).toString());
  }

  @Test
  void theMessageNamesThePlaceAndNotTheValue() {
    EntityTagSyntaxException failure =
        assertThrows(
            EntityTagSyntaxException.class, () -> EntityTagSet.parse(List.of("\"a\", secret")));
    assertEquals("expected an opening double quote at position 5", failure.getMessage());
  }

  @Test
  void comparesMembersInBothWays() throws Exception {
    EntityTagSet set = EntityTagSet.parse(List.of("\"a\", W/\"b\""));
    assertTrue(set.containsStrongly(EntityTag.strong("a")));
    assertFalse(set.containsStrongly(EntityTag.strong("b")));
    assertTrue(set.containsWeakly(EntityTag.strong("b")));
    assertFalse(set.containsStrongly(EntityTag.weak("a")));
    assertTrue(set.containsWeakly(EntityTag.weak("a")));
  }

  @Test
  void readsAHugeListInLinearTime() throws Exception {
    String[] elements = new String[200_000];
    Arrays.fill(elements, "\"x\"");
    assertEquals(200_000, EntityTagSet.parse(List.of(String.join(",", elements))).tags().size());
    String commas = String.join("", Collections.nCopies(1_000_000, ", "));
    assertTrue(EntityTagSet.parse(List.of(commas)).tags().isEmpty());
  }

  @Test
  void eachTagIsReplacedAndTheWildcardStays() throws Exception {
    EntityTagSet set = EntityTagSet.parse(List.of("W/\"a\", \"b\""));
    assertEquals(EntityTagSet.parse(List.of("\"a\", \"b\"")), set.map(EntityTag::strengthened));
    assertEquals(EntityTagSet.parse(List.of("W/\"a\", W/\"b\"")), set.map(EntityTag::weakened));
    assertEquals(EntityTagSet.any(), EntityTagSet.any().map(EntityTag::weakened));
  }
}
