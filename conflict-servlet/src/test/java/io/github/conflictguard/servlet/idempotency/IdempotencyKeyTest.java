package io.github.conflictguard.servlet.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The syntax of {@code Idempotency-Key}: a String of structured fields, or the bare text. */
class IdempotencyKeyTest {

  @Test
  void noHeaderIsNoKey() {
    assertNull(IdempotencyKey.in(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"|8e03978e-40d5-43dd-bc93-6894a57f9324",
        "8e03978e-40d5-43dd-bc93-6894a57f9324|8e03978e-40d5-43dd-bc93-6894a57f9324",
        "`  a  `|a",
        "`\ta`|a",
        "\"a b\"|a b",
        "\"a,b;c\"|a,b;c",
        "\"a\\\"b\\\\c\"|a\"b\\c",
        "\"a\";v=1|a",
        "\"a\"; v; w=x/y|a",
        "urn:uuid:1|urn:uuid:1",
        "YWJj+/==|YWJj+/==",
        "'a'|'a'",
      })
  void quotedAndBareValuesAreAccepted(String line, String value) {
    IdempotencyKey key = IdempotencyKey.in(List.of(line));
    assertEquals(value, key.value());
    assertNull(key.fault());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\"\"",
        "\"",
        "\"a",
        "a\"",
        "a\"b",
        "\"a\"b",
        "\"a\", \"b\"",
        "\"a\",\"a\"",
        "a, b",
        "a,b",
        "a;b",
        "a b",
        "a\\b",
        "\"a\\b\"",
        "\"a\\",
        "\"a\";=1",
        "\"a\";V=1",
        "\"a\" \"b\"",
        "a\tb",
        "\"a\tb\"",
        "\u0000",
        "a\u007f",
        "ä",
        "\"ä\"",
        "\u00e3\u00a4",
        "\u2028"
      })
  void everythingElseIsMalformed(String line) {
    IdempotencyKey key = IdempotencyKey.in(List.of(line));
    assertNull(key.value(), line);
    assertNotNull(key.fault(), line);
  }

  @Test
  void keyHasAtMost255Characters() {
    assertEquals(255, IdempotencyKey.in(List.of("k".repeat(255))).value().length());
    assertEquals(255, IdempotencyKey.in(List.of('"' + "\\\"".repeat(255) + '"')).value().length());
    for (String tooLong :
        List.of("k".repeat(256), '"' + "k".repeat(256) + '"', "\"k\"" + ";a".repeat(100_000))) {
      assertEquals("it has more than 255 characters", IdempotencyKey.in(List.of(tooLong)).fault());
    }
  }

  @Test
  void severalLinesAreMalformedEvenIfTheyAreEqual() {
    assertEquals("it is sent more than once", IdempotencyKey.in(List.of("a", "a")).fault());
  }
}
