package io.github.conflictguard.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResourceLocksTest {

  private final ResourceLocks locks = new ResourceLocks();
  private final ResourceKey key = ResourceKey.of("/customers/1");

  @Test
  void anExclusiveHoldKeepsEverybodyElseOut() throws Exception {
    try (Hold hold = exclusive(key)) {
      assertNotNull(hold);
      assertNull(exclusive(key));
      assertNull(shared(key));
    }
    try (Hold again = exclusive(key)) {
      assertNotNull(again);
    }
  }

  @Test
  void sharedHoldsGoTogetherAndKeepAnExclusiveOneOut() throws Exception {
    Hold one = shared(key);
    Hold two = shared(key);
    assertNotNull(one);
    assertNotNull(two);
    assertNull(exclusive(key));
    one.close();
    assertNull(exclusive(key));
    two.close();
    assertNotNull(exclusive(key));
  }

  @Test
  void differentKeysDoNotWaitForEachOther() throws Exception {
    assertNotNull(exclusive(key));
    assertNotNull(exclusive(ResourceKey.of("/customers/2")));
  }

  @Test
  void closingTwiceReleasesOnce() throws Exception {
    Hold first = exclusive(key);
    assertNotNull(first);
    first.close();
    Hold second = exclusive(key);
    assertNotNull(second);
    first.close();
    assertNull(exclusive(key));
  }

  @Test
  void anotherThreadMayRelease() throws Exception {
    Hold hold = exclusive(key);
    assertNotNull(hold);
    Thread other = new Thread(hold::close);
    other.start();
    other.join();
    assertNotNull(exclusive(key));
  }

  @Test
  void anInterruptedWaiterLeavesNothingBehind() throws Exception {
    Hold hold = exclusive(key);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiter =
        new Thread(
            () -> {
              try {
                locks.exclusive(key, 1, TimeUnit.HOURS);
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    waiter.start();
    waiter.interrupt();
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    assertNotNull(hold);
    hold.close();
    assertEquals(0, locks.size());
  }

  /** An unguarded counter per key shows every overlap as a lost increment. */
  @Test
  void noIncrementIsLostUnderContention() throws Exception {
    int keys = 7;
    int threads = 16;
    int rounds = 2_000;
    int[][] counters = new int[keys][1];
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> work = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      work.add(
          pool.submit(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  int n = i % keys;
                  try (Hold hold = locks.exclusive(ResourceKey.of("k" + n), 60, TimeUnit.SECONDS)) {
                    assertNotNull(hold);
                    counters[n][0]++;
                  }
                }
                return null;
              }));
    }
    for (Future<?> done : work) {
      done.get();
    }
    pool.shutdown();
    int total = 0;
    for (int[] counter : counters) {
      total += counter[0];
    }
    assertEquals(threads * rounds, total);
    assertEquals(0, locks.size());
  }

  @Test
  void onlyKeysInUseTakeMemory() throws Exception {
    for (int i = 0; i < 100_000; i++) {
      Hold hold = exclusive(ResourceKey.of("k" + i));
      assertNotNull(hold);
      hold.close();
      assertEquals(0, locks.size());
    }
  }

  private Hold exclusive(ResourceKey key) throws InterruptedException {
    return locks.exclusive(key, 0, TimeUnit.SECONDS);
  }

  private Hold shared(ResourceKey key) throws InterruptedException {
    return locks.shared(key, 0, TimeUnit.SECONDS);
  }

  @Test
  void tenMillionKeysLeaveNothingBehind() throws Exception {
    ResourceLocks seen = new ResourceLocks();
    int most = 0;
    for (int i = 0; i < 10_000_000; i++) {
      try (Hold hold = seen.exclusive(ResourceKey.of("order/" + i), 0, TimeUnit.SECONDS)) {
        assertNotNull(hold);
        most = Math.max(most, seen.size());
      }
    }
    assertEquals(1, most);
    assertEquals(0, seen.size());
  }
}
