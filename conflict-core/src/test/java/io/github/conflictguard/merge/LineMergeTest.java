package io.github.conflictguard.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two texts that came from one: each letter is a line here. */
class LineMergeTest {

  @ParameterizedTest
  @CsvSource({
    "abcde, abcde, abcde, abcde, true",
    "abcde, Xbcde, abcde, Xbcde, true",
    "abcde, abcde, abcdY, abcdY, true",
    "abcde, Xbcde, abcdY, XbcdY, true",
    "abcde, bcde, abcd, bcd, true",
    "abcde, abXcde, abcdeY, abXcdeY, true",
    "abcde, abXde, abXde, abXde, true",
    "abcde, abXde, abYde, abXde, false",
    "abcde, abXde, abde, abXde, false",
    "abcde, abde, abYde, abde, false",
    "abcde, aXcde, abYde, aXcde, false",
    "abcde, abXcde, abYcde, abXcde, false",
    "abcdef, aXcdef, aYcdeZ, aXcdeZ, false",
    "'', X, Y, X, false",
    "a, a, '', '', true",
  })
  void changesOfBothAreKeptAndWhereTheyClashYours(
      String started, String yours, String theirs, String combined, boolean clean) {
    LineMerge.Combined found = LineMerge.combine(lines(started), lines(yours), lines(theirs));
    assertNotNull(found);
    assertEquals(combined, found.text.replace("\r\n", ""));
    assertEquals(clean, found.clean);
  }

  @Test
  void nothingThatEitherOneWroteIsLostWhenNothingClashes() {
    Random random = new Random(7);
    for (int run = 0; run < 2000; run++) {
      List<String> old = IntStream.range(0, 8).mapToObj(i -> "line " + i % 5).toList();
      List<String> mine = edited(old, random, "mine");
      List<String> theirs = edited(old, random, "theirs");
      LineMerge.Combined found =
          LineMerge.combine(
              String.join("\n", old), String.join("\r\n", mine), String.join("\n", theirs));
      assertNotNull(found);
      List<String> combined = LineMerge.of(found.text);
      assertEquals(only(mine, "mine"), only(combined, "mine"), old + "\n" + mine + "\n" + theirs);
      if (found.clean) {
        assertEquals(only(theirs, "theirs"), only(combined, "theirs"));
      }
    }
  }

  @Test
  void whoeverChangedNothingGetsTheOther() {
    String text = "a\r\nb\r\n\r\nc";
    assertEquals("a\r\nX\r\n\r\nc", LineMerge.combine(text, text, "a\nX\n\nc").text);
    assertEquals("a\r\nX\r\n\r\nc", LineMerge.combine(text, "a\nX\n\nc", text).text);
  }

  @Test
  void textsBeyondAllMeasureAreNotCombined() {
    String some = IntStream.range(0, 1100).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
    String other = some.replace('a', 'b');
    assertNull(LineMerge.combine(some, other, some));
    // What is the same at both ends costs nothing.
    String long1 = "x\n".repeat(100_000);
    assertNotNull(LineMerge.combine(long1, long1 + "mine", "theirs\n" + long1));
  }

  private static String lines(String letters) {
    return letters.chars().mapToObj(Character::toString).collect(Collectors.joining("\n"));
  }

  private static List<String> edited(List<String> old, Random random, String by) {
    List<String> edited = new java.util.ArrayList<>(old);
    for (int i = 0; i < 2; i++) {
      int at = random.nextInt(edited.size());
      switch (random.nextInt(3)) {
        case 0 -> edited.set(at, by + " " + i);
        case 1 -> edited.add(at, by + " " + i);
        default -> edited.remove(at);
      }
    }
    return edited;
  }

  private static List<String> only(List<String> lines, String by) {
    return Arrays.asList(lines.stream().filter(line -> line.startsWith(by)).toArray(String[]::new));
  }
}
