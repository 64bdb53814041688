package io.github.conflictguard.etag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

  /** FIPS 180-2, appendix B.1. */
  @Test
  void hashIsThatOfTheStandard() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        HexFormat.of().formatHex(Sha256.of("abc")));
  }

  @Test
  void eachDigestBeginsWithNothing() {
    Sha256.begin().update((byte) 1);
    assertArrayEquals(Sha256.of("\u20ac"), Sha256.begin().digest("\u20ac".getBytes(UTF_8)));
  }
}
