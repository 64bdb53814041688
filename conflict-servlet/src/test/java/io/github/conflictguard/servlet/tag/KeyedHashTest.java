package io.github.conflictguard.servlet.tag;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedHashTest {

  private final BodyHash hash = BodyHash.keyed("a secret of this test");
  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 1023, 1024, 1025, 2048, 5000})
  void isTheSameHoweverTheBodyIsDivided(int length) {
    byte[] body = bytes(length);
    byte[] whole = hash.begin().digest(body);
    for (int attempt = 0; attempt < 50; attempt++) {
      MessageDigest digest = hash.begin();
      for (int from = 0; from < length; ) {
        int part = 1 + random.nextInt(Math.min(length - from, 1500));
        digest.update(body, from, part);
        from += part;
      }
      assertArrayEquals(whole, digest.digest());
    }
    assertEquals(32, whole.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 100, 1024, 3000})
  void everyBitCounts(int length) {
    byte[] body = bytes(length);
    Set<String> seen = new HashSet<>();
    seen.add(hex(hash, body));
    for (int bit = 0; bit < 8 * length; bit++) {
      body[bit / 8] ^= (byte) (1 << bit % 8);
      assertTrue(seen.add(hex(hash, body)), "bit " + bit);
      body[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void zerosAtTheEndCount() {
    Set<String> seen = new HashSet<>();
    for (int length = 0; length < 3000; length++) {
      assertTrue(seen.add(hex(hash, new byte[length])), "length " + length);
    }
  }

  @Test
  void partsThatChangePlacesCount() {
    byte[] body = bytes(4096);
    Set<String> seen = new HashSet<>();
    seen.add(hex(hash, body));
    for (int size : new int[] {4, 8, 512, 1024, 2048}) {
      byte[] other = body.clone();
      System.arraycopy(body, 0, other, size, size);
      System.arraycopy(body, size, other, 0, size);
      assertTrue(seen.add(hex(hash, other)), "parts of " + size);
    }
  }

  @Test
  void anotherKeyMakesOtherTags() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertEquals(hex(hash, body), hex(BodyHash.keyed("a secret of this test"), body));
    assertFalse(hex(hash, body).equals(hex(BodyHash.keyed("another secret"), body)));
    assertFalse(hex(BodyHash.keyed(null), body).equals(hex(BodyHash.keyed(null), body)));
  }

  @Test
  void canBeUsedAgainAfterItsEnd() {
    MessageDigest digest = hash.begin();
    byte[] first = digest.digest(bytes(1500));
    byte[] other = digest.digest(new byte[3]);
    assertArrayEquals(hash.begin().digest(new byte[3]), other);
    assertFalse(Arrays.equals(first, other));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hex(BodyHash hash, byte[] body) {
    return Arrays.toString(hash.begin().digest(body));
  }
}
