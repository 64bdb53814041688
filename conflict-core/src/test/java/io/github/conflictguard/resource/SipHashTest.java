package io.github.conflictguard.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

  /** The test vectors of the reference implementation: the bytes 0, 1, 2, ... as input and key. */
  @ParameterizedTest
  @CsvSource({
    "0, 310e0edd47db6f72",
    "2, 5a4fa9d909806c0d",
    "4, b7877127e09427cf",
    "6, cee3fe586e46c9cb",
    "8, 6224939a79f5f593",
  })
  void hashesAsTheReferenceImplementation(int bytes, String hash) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes; i += 2) {
      text.append((char) (i | ((i + 1) << 8)));
    }
    long found = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).of(text);
    assertEquals(hash, String.format("%016x", Long.reverseBytes(found)), bytes + " bytes");
  }

  @Test
  void differentTextsHaveDifferentHashes() {
    SipHash hash = new SipHash();
    Set<Long> found = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      found.add(hash.of("order/" + i));
    }
    assertEquals(10_000, found.size());
    assertEquals(hash.of("order/1"), hash.of("order/1"));
    assertNotEquals(hash.of("\u0000"), hash.of(""));
    assertNotEquals(hash.of("\ud800"), hash.of("\udc00"), "half a character");
  }

  @Test
  void eachInstanceHasItsOwnKey() {
    assertNotEquals(new SipHash().of("a"), new SipHash().of("a"));
  }
}
