package io.github.conflictguard.servlet.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteChunksTest {

  private final ByteChunks held = new ByteChunks(ChunkPool.unshared(), null);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 16_384, 50_000})
  void comeOutAndDigestAsTheyWentIn(int length) throws Exception {
    byte[] bytes = random(length);
    addInPieces(bytes, 1_000);
    assertArrayEquals(sha256(bytes), sha256(held));
    assertArrayEquals(bytes, moved());
    assertArrayEquals(new byte[0], moved(), "they are forgotten");
  }

  @Test
  void onePieceMaySpanManyChunks() throws Exception {
    byte[] bytes = random(30_000);
    held.add(bytes, 10, 29_000);
    byte[] expected = new byte[29_000];
    System.arraycopy(bytes, 10, expected, 0, 29_000);
    assertArrayEquals(expected, moved());
  }

  @Test
  void areNotThoseOfBeforeTheyWereCleared() throws Exception {
    addInPieces(random(10_000), 1_000);
    held.clear();
    byte[] bytes = random(3);
    held.add(bytes, 0, 3);
    assertArrayEquals(sha256(bytes), sha256(held));
    assertArrayEquals(bytes, moved());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 20_000, 29_999, 30_000, 30_001, 40_000})
  void areTheSameWhateverWasExpected(int same) throws Exception {
    byte[] expected = random(30_000);
    byte[] bytes = random(40_000);
    System.arraycopy(expected, 0, bytes, 0, Math.min(same, expected.length));
    for (int length : new int[] {0, Math.min(same, 30_000), 30_000, 40_000}) {
      ByteChunks held = new ByteChunks(ChunkPool.unshared(), expected);
      byte[] some = Arrays.copyOf(bytes, length);
      for (int from = 0; from < some.length; from += 1_000) {
        held.add(some, from, Math.min(1_000, some.length - from));
      }
      assertEquals(Arrays.equals(expected, some), held.isAsExpected());
      assertEquals(length == 0, held.isEmpty());
      assertArrayEquals(sha256(some), sha256(held));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      held.copyTo(out);
      assertArrayEquals(some, out.toByteArray());
      out.reset();
      held.moveTo(out);
      assertArrayEquals(some, out.toByteArray());
    }
  }

  @Test
  void whatIsExpectedMayComeAfterTheyWereCleared() {
    byte[] expected = random(100);
    ByteChunks held = new ByteChunks(ChunkPool.unshared(), expected);
    held.add(expected, 0, 50);
    held.clear();
    assertFalse(held.isAsExpected());
    held.add(expected, 0, 100);
    assertTrue(held.isAsExpected());
    assertEquals(0, held.capacity(), "nothing was copied");
  }

  @Test
  void needNoMoreRoomThanOneChunkInExcess() {
    for (int length = 1; length <= 100; length++) {
      held.add(new byte[1_000], 0, 1_000);
      int excess = held.capacity() - 1_000 * length;
      assertEquals(Math.floorMod(excess, ByteChunks.CHUNK), excess);
    }
  }

  private void addInPieces(byte[] bytes, int piece) {
    for (int from = 0; from < bytes.length; from += piece) {
      held.add(bytes, from, Math.min(piece, bytes.length - from));
    }
  }

  private byte[] moved() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    held.moveTo(out);
    return out.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] sha256(ByteChunks held) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    held.digest(digest);
    return digest.digest();
  }
}
