package io.github.conflictguard.servlet.fields;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "d41d8cd98f00b204e9800998ecf8427e",
        "q83vEjRWeJCrze8SNFZ4kA==",
        "f3f2504e04f8911d39a0c0305e82c3301",
        "48211907-3365-4a27-9a80-5129a3370a64"
      })
  void tokensAndDigestsAre(String text) {
    assertTrue(RandomText.is(text));
  }

  @Test
  void everyUuidIs() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      String uuid = UUID.nameUUIDFromBytes(bytes).toString();
      assertTrue(RandomText.is(uuid), uuid);
      assertTrue(RandomText.is(uuid.replace("-", "")), uuid);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "2026-11-27T17:00:31.123Z",
        "1764262831123456789",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "Ada Countess of Lovelace",
        "{\"rows\":[1,2,3,4,5,6,7]}"
      })
  void numbersDatesAndWordsAreNot(String text) {
    assertFalse(RandomText.is(text));
  }

  @Test
  void clockIsTheTimeOfThisMoment() {
    long now = System.currentTimeMillis();
    assertTrue(RandomText.isClock(String.valueOf(now)));
    assertTrue(RandomText.isClock(String.valueOf(now / 1000)));
    assertFalse(RandomText.isClock(String.valueOf(now - 3_600_000)));
    assertFalse(RandomText.isClock("7"));
    assertFalse(RandomText.isClock("x".repeat(13)));
  }
}
