package io.github.conflictguard.servlet.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {

  @Test
  void whatWasGivenBackIsTakenAgainUpToALimit() {
    ChunkPool chunks = new ChunkPool(2 * ChunkPool.SIZE);
    byte[] first = chunks.nextBytes(ChunkPool.SIZE);
    byte[] second = chunks.nextBytes(ChunkPool.SIZE);
    byte[] third = chunks.nextBytes(ChunkPool.SIZE);
    chunks.give(first);
    chunks.give(second);
    chunks.give(third);
    assertSame(second, chunks.nextBytes(ChunkPool.SIZE));
    assertSame(first, chunks.nextBytes(ChunkPool.SIZE));
    assertNotSame(third, chunks.nextBytes(ChunkPool.SIZE));
  }

  @Test
  void aShortAnswerTakesNothingThatIsShared() {
    ChunkPool chunks = new ChunkPool(8 * ChunkPool.SIZE);
    byte[] shared = chunks.nextBytes(ChunkPool.SIZE);
    chunks.give(shared);
    byte[] small = chunks.nextBytes(2000);
    assertEquals(2000, small.length);
    chunks.give(small);
    assertSame(shared, chunks.nextBytes(ChunkPool.SIZE));
    assertNotSame(small, chunks.nextBytes(2000));
  }

  @Test
  void nothingIsKeptOfWhatIsNotShared() {
    byte[] chunk = ChunkPool.unshared().nextBytes(ChunkPool.SIZE);
    ChunkPool.unshared().give(chunk);
    assertNotSame(chunk, ChunkPool.unshared().nextBytes(ChunkPool.SIZE));
  }

  @Test
  void aBodyNeverShowsWhatAnotherOneHeld() throws Exception {
    ChunkPool chunks = new ChunkPool(1 << 20);
    ByteChunks secret = new ByteChunks(chunks, null);
    byte[] secrets = "secret".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    secret.add(secrets, 0, secrets.length);
    secret.clear();
    ByteChunks other = new ByteChunks(chunks, null);
    byte[] body = "public".repeat(2_000).getBytes(StandardCharsets.US_ASCII);
    other.add(body, 0, body.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    other.moveTo(out);
    assertArrayEquals(body, out.toByteArray());
  }

  @Test
  void manyThreadsNeverHoldTheSameChunk() throws Exception {
    ChunkPool chunks = new ChunkPool(16 * ChunkPool.SIZE);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        byte own = (byte) i;
        work.add(() -> mixedUp(chunks, own));
      }
      for (Future<Integer> result : threads.invokeAll(work)) {
        assertEquals(0, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Marks what it takes, and counts the marks of others. */
  private static int mixedUp(ChunkPool chunks, byte own) {
    int mixedUp = 0;
    Random random = new Random(own);
    List<byte[]> held = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (held.isEmpty() || (held.size() < 5 && random.nextBoolean())) {
        byte[] chunk = chunks.nextBytes(ChunkPool.SIZE);
        chunk[0] = own;
        held.add(chunk);
      } else {
        byte[] chunk = held.remove(held.size() - 1);
        mixedUp += chunk[0] == own ? 0 : 1;
        chunks.give(chunk);
      }
    }
    Set<byte[]> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(held);
    return mixedUp + held.size() - distinct.size();
  }
}
