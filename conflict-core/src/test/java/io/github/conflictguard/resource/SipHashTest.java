package io.github.conflictguard.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SipHashTest {

  /** The key of the published test vectors: the bytes from 0 to 15. */
  private final SipHash known = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @Test
  void hashesAreThoseOfThePublishedVectors() {
    assertEquals(0x726fdb47dd0e0e31L, known.of(""));
    assertEquals(0x0d6c8009d9a94f5aL, known.of(bytes(2)));
    assertEquals(0xcf2794e0277187b7L, known.of(bytes(4)));
    assertEquals(0xcbc9466e58fee3ceL, known.of(bytes(6)));
    assertEquals(0x93f5f5799a932462L, known.of(bytes(8)));
  }

  @Test
  void anotherKeyMakesAnotherHash() {
    assertNotEquals(new SipHash().of("/customers/7"), new SipHash().of("/customers/7"));
    SipHash same = new SipHash();
    assertEquals(same.of("/customers/7"), same.of("/customers/" + "7"));
  }

  @Test
  void everyCodeUnitAndTheLengthCount() {
    assertNotEquals(known.of("\ud800"), known.of("\ud801"));
    assertNotEquals(known.of(""), known.of("\0"));
    assertNotEquals(known.of("abcd"), known.of("abcd\0"));
    assertNotEquals(known.of("abcdefgh"), known.of("abcdefgi"));
  }

  /** Returns the bytes 0, 1, 2, ... as code units of two bytes, the lower byte first. */
  private static String bytes(int count) {
    StringBuilder units = new StringBuilder();
    for (int i = 0; i < count; i += 2) {
      units.append((char) (i | ((i + 1) << 8)));
    }
    return units.toString();
  }
}
