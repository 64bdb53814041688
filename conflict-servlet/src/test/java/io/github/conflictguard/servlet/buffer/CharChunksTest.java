package io.github.conflictguard.servlet.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CharChunksTest {

  private static final String PAIR = "\ud83d\ude00";

  private final CharChunks held = new CharChunks(ChunkPool.unshared(), null);

  static Stream<String> texts() {
    return Stream.of(
        "",
        "a",
        "\u00fc\u20ac" + PAIR,
        "x".repeat(8_192),
        "x".repeat(8_193),
        "x".repeat(8_191) + PAIR,
        "x".repeat(8_191) + PAIR.repeat(9_000),
        "\u20ac".repeat(20_000),
        "x".repeat(8_191) + "\ud83d" + "y",
        "x".repeat(8_191) + "\ud83d",
        "x".repeat(8_191) + "\ud83d" + PAIR,
        "\ude00 and \ud83d");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void comeOutAsTheyWentInAndDigestAsUtf8(String text) throws Exception {
    char[] chars = text.toCharArray();
    for (int from = 0; from < chars.length; from += 7) {
      held.add(chars, from, Math.min(7, chars.length - from));
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    held.digest(digest);
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)), digest.digest());
    assertEquals(text, moved());
    assertEquals("", moved(), "they are forgotten");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void areTheSameWhateverWasExpected(String text) throws Exception {
    for (String expected : texts().toList()) {
      CharChunks held = new CharChunks(ChunkPool.unshared(), expected.toCharArray());
      char[] chars = text.toCharArray();
      for (int from = 0; from < chars.length; from += 8_000) {
        held.add(chars, from, Math.min(8_000, chars.length - from));
      }
      assertEquals(text.equals(expected), held.isAsExpected());
      assertEquals(text.isEmpty(), held.isEmpty());
      assertEquals(text, held.text());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      held.digest(digest);
      assertArrayEquals(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)), digest.digest());
      StringWriter out = new StringWriter();
      held.moveTo(new PrintWriter(out));
      assertEquals(text, out.toString());
    }
  }

  @Test
  void areNotThoseOfBeforeTheyWereCleared() {
    held.add("old".toCharArray(), 0, 3);
    held.clear();
    held.add("new".toCharArray(), 0, 3);
    assertEquals("new", moved());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void areAsLongAsUtf8MakesThem(String text) {
    char[] chars = text.toCharArray();
    long halves = text.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF).count();
    assertEquals(
        // A lone half becomes a question mark; it counts as the half that it is.
        text.getBytes(UTF_8).length + halves, CharChunks.lengthInUtf8(chars, 0, chars.length));
  }

  @Test
  void needNoMoreRoomThanOneChunkInExcess() {
    for (int length = 1; length <= 100; length++) {
      held.add(new char[1_000], 0, 1_000);
      int excess = held.capacity() - 1_000 * length;
      assertEquals(Math.floorMod(excess, CharChunks.CHUNK), excess);
    }
  }

  private String moved() {
    StringWriter out = new StringWriter();
    held.moveTo(new PrintWriter(out));
    return out.toString();
  }
}
