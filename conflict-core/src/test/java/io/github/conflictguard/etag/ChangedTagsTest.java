package io.github.conflictguard.etag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedTagsTest {

  private final ChangedTags suffixes = ChangedTags.of(List.of("-gzip", "--gzip", ";gzip"), false);
  private final ChangedTags everything = ChangedTags.of(List.of("-gzip", "--gzip"), true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"a--gzip\"           | \"a--gzip\", \"a\"",
        "\"a-gzip\"            | \"a-gzip\", \"a\"",
        "\"a;gzip\", \"b\"     | \"a;gzip\", \"b\", \"a\"",
        "W/\"a-gzip\"          | W/\"a-gzip\", W/\"a\"",
        "\"-gzip\"             | \"-gzip\", \"\"",
      })
  void aSuffixIsTakenOffAndTheTagAsItWasSentStays(String sent, String undone) throws Exception {
    assertEquals(undone, suffixes.undoneIn(EntityTagSet.parse(List.of(sent))).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "W/\"a\"          | W/\"a\", \"a\"",
        "W/\"a--gzip\"    | W/\"a--gzip\", \"a\"",
      })
  void aWeakFlagIsTakenOffWhereThatIsSaid(String sent, String undone) throws Exception {
    assertEquals(undone, everything.undoneIn(EntityTagSet.parse(List.of(sent))).toString());
  }

  @Test
  void whatDoesNotLookChangedIsLeftAlone() throws Exception {
    for (String sent : new String[] {"\"a\"", "\"gzip-a\"", "", "*", "\"a-gzi\"", "W/\"a\""}) {
      EntityTagSet set = EntityTagSet.parse(List.of(sent));
      assertSame(set, suffixes.undoneIn(set));
      assertSame(set, ChangedTags.none().undoneIn(set));
    }
  }
}
