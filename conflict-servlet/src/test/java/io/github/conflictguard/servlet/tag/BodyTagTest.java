package io.github.conflictguard.servlet.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyTagTest {

  /** The test vectors of FIPS 180-4, cut to their first half. */
  @Test
  void isTheFirstHalfOfSha256() {
    assertEquals("\"e3b0c44298fc1c149afbf4c8996fb924\"", tagOf(""));
    assertEquals("\"ba7816bf8f01cfea414140de5dae2223\"", tagOf("abc"));
  }

  private static String tagOf(String body) {
    return BodyTag.of(digest -> digest.update(body.getBytes(StandardCharsets.UTF_8))).toString();
  }
}
