package io.github.conflictguard.resource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedHashTest {

  private final KeyedHash hash = new KeyedHash();

  @Test
  void equalTextsHaveEqualHashesOnAllThreads() {
    byte[] expected = hash.of("/customers/7");
    IntStream.range(0, 1000)
        .parallel()
        .forEach(i -> assertArrayEquals(expected, hash.of("/customers/" + "7")));
    assertEquals(32, expected.length);
    assertEquals(ByteBuffer.wrap(expected).getLong(), hash.numberOf("/customers/7"));
  }

  @Test
  void anotherKeyMakesAnotherHash() {
    assertFalse(Arrays.equals(hash.of("a"), new KeyedHash().of("a")));
  }

  @Test
  void charactersThatNoCharsetHasStayApart() {
    assertNotEquals(hash.numberOf("\ud800"), hash.numberOf("\ud801"));
    assertNotEquals(hash.numberOf(""), hash.numberOf("\0"));
  }
}
