package io.github.conflictguard.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom, how many wait, and when a holder is no longer waited for. */
@Timeout(120)
class LockWaitingTest {

  private final WaiterLimit waiters = new WaiterLimit(8);
  private final ResourceLocks locks = new ResourceLocks(waiters, 200, TimeUnit.MILLISECONDS);
  private final ResourceKey key = ResourceKey.of("/customers/1");
  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void nothingIsLeftBehind() {
    others.shutdownNow();
    assertEquals(0, waiters.waiting());
  }

  @Test
  void aStreamOfSharedHoldersDoesNotKeepAnExclusiveOneOut() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<?>> stream = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      stream.add(others.submit(() -> overlapping(stop)));
    }
    for (int i = 0; i < 50; i++) {
      Hold hold = locks.exclusive(key, 60, TimeUnit.SECONDS);
      assertNotNull(hold);
      hold.close();
    }
    stop.set(true);
    for (Future<?> each : stream) {
      each.get();
    }
  }

  /** Always holds at least one, as does the other thread that runs it. */
  private Void overlapping(AtomicBoolean stop) throws InterruptedException {
    while (!stop.get()) {
      Hold hold = locks.shared(key, 60, TimeUnit.SECONDS);
      assertNotNull(hold);
      Thread.yield();
      hold.close();
    }
    return null;
  }

  @Test
  void aStreamOfExclusiveHoldersDoesNotKeepASharedOneOut() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<?>> stream = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      stream.add(
          others.submit(
              () -> {
                while (!stop.get()) {
                  Objects.requireNonNull(locks.exclusive(key, 60, TimeUnit.SECONDS)).close();
                }
                return null;
              }));
    }
    for (int i = 0; i < 50; i++) {
      Hold hold = locks.shared(key, 60, TimeUnit.SECONDS);
      assertNotNull(hold);
      hold.close();
    }
    stop.set(true);
    for (Future<?> each : stream) {
      each.get();
    }
  }

  @Test
  void aSharedRequestWaitsBehindAnExclusiveOneAndComesInWhenThatGivesUp() throws Exception {
    Hold first = held(locks.shared(key, 0, TimeUnit.SECONDS));
    Thread giving = waiting(() -> locks.exclusive(key, 1, TimeUnit.HOURS));
    awaitWaiting(1);
    assertNull(locks.shared(key, 0, TimeUnit.SECONDS));
    Future<Hold> behind = others.submit(() -> locks.shared(key, 60, TimeUnit.SECONDS));
    awaitWaiting(2);
    giving.interrupt();
    giving.join();
    held(behind.get()).close();
    first.close();
    assertEquals(0, locks.size());
  }

  @Test
  void thoseBeyondTheLimitAreRefusedAtOnce() throws Exception {
    assertEquals(4, waiters.forOne());
    Hold first = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(
          others.submit(
              () -> {
                held(locks.exclusive(key, 60, TimeUnit.SECONDS)).close();
                return null;
              }));
    }
    awaitWaiting(4);
    assertNull(locks.exclusive(key, 1, TimeUnit.HOURS));
    assertNull(locks.shared(key, 1, TimeUnit.HOURS));
    first.close();
    for (Future<?> each : waiting) {
      each.get();
    }
    assertEquals(0, locks.size());
  }

  @Test
  void thoseBeyondTheLimitOfAllKeysAreRefusedAtOnce() throws Exception {
    List<Hold> holds = new ArrayList<>();
    List<Future<Hold>> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ResourceKey each = ResourceKey.of("k" + i);
      holds.add(held(locks.exclusive(each, 0, TimeUnit.SECONDS)));
      waiting.add(others.submit(() -> locks.exclusive(each, 60, TimeUnit.SECONDS)));
    }
    for (int i = 0; i < 8; i++) {
      awaitWaiting(ResourceKey.of("k" + i), 1);
    }
    holds.add(held(locks.exclusive(key, 0, TimeUnit.SECONDS)));
    assertNull(locks.exclusive(key, 1, TimeUnit.HOURS));
    holds.forEach(Hold::close);
    for (Future<Hold> each : waiting) {
      held(each.get()).close();
    }
    assertEquals(0, locks.size());
  }

  @Test
  void aPausedExclusiveHolderIsPassedOverAndDoesNotComeBack() throws Exception {
    Hold slow = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    slow.pause();
    assertNull(locks.exclusive(key, 1, TimeUnit.MILLISECONDS), "it may delay others for a while");
    Hold fast = held(locks.exclusive(key, 60, TimeUnit.SECONDS));
    assertFalse(slow.resume(0, TimeUnit.SECONDS));
    slow.close();
    assertNull(locks.exclusive(key, 0, TimeUnit.SECONDS), "closing released the other's lock");
    fast.close();
    assertEquals(0, locks.size());
  }

  @Test
  void pausesAddUpWhileOthersWait() throws Exception {
    Hold slow = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    Future<Hold> fast = others.submit(() -> locks.exclusive(key, 60, TimeUnit.SECONDS));
    awaitWaiting(1);
    boolean held = true;
    int pauses = 0;
    while (held) {
      slow.pause();
      Thread.yield();
      held = slow.resume(0, TimeUnit.SECONDS);
      pauses++;
    }
    assertTrue(pauses > 1);
    held(fast.get()).close();
    slow.close();
    assertEquals(0, locks.size());
  }

  @Test
  void whoWaitsLooksNowAndThenAndDoesNotSpin() throws Exception {
    Hold busy = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    Hold waiting = new Hold(locks, busy.lock, key, true);
    AtomicInteger looks = new AtomicInteger();
    ResourceLock.Patience counting =
        holder -> {
          looks.incrementAndGet();
          return Long.MAX_VALUE;
        };
    long nanos = TimeUnit.MILLISECONDS.toNanos(300);
    assertFalse(busy.lock.await(waiting, nanos, 1, counting, new ArrayList<>()));
    assertTrue(looks.get() <= 300 / 20 + 5, "looked " + looks + " times");
    busy.close();
  }

  @Test
  void aHolderThatIsAtWorkIsNeverPassedOver() throws Exception {
    Hold busy = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    busy.pause();
    assertTrue(busy.resume(0, TimeUnit.SECONDS));
    assertNull(locks.exclusive(key, 500, TimeUnit.MILLISECONDS));
    busy.close();
  }

  @Test
  void aPauseWithoutWaitersCostsNothing() throws Exception {
    Hold slow = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    slow.pause();
    assertTrue(slow.resume(0, TimeUnit.SECONDS));
    slow.close();
    assertEquals(0, locks.size());
  }

  @Test
  void aPausedSharedHolderGivesWayAndWaitsToComeBack() throws Exception {
    Hold slow = held(locks.shared(key, 0, TimeUnit.SECONDS));
    slow.pause();
    Hold conditional = held(locks.exclusive(key, 60, TimeUnit.SECONDS));
    assertFalse(slow.resume(1, TimeUnit.MILLISECONDS));
    Future<Boolean> back = others.submit(() -> slow.resume(60, TimeUnit.SECONDS));
    awaitWaiting(1);
    conditional.close();
    assertTrue(back.get());
    assertNull(locks.exclusive(key, 0, TimeUnit.SECONDS));
    slow.close();
    assertEquals(0, locks.size());
  }

  @Test
  void aHolderThatGaveWayMayEndWithoutComingBack() throws Exception {
    Hold slow = held(locks.shared(key, 0, TimeUnit.SECONDS));
    slow.pause();
    Hold conditional = held(locks.exclusive(key, 60, TimeUnit.SECONDS));
    slow.close();
    slow.close();
    assertFalse(slow.resume(0, TimeUnit.SECONDS));
    conditional.close();
    assertEquals(0, locks.size());
  }

  @Test
  void aLockPastItsLimitIsTakenAwayAndClosingItLaterDoesNoHarm() throws Exception {
    AtomicInteger told = new AtomicInteger();
    Hold dead = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    dead.limit(1, TimeUnit.HOURS, told::incrementAndGet);
    assertNull(locks.exclusive(key, 0, TimeUnit.SECONDS));
    dead.limit(0, TimeUnit.SECONDS, told::incrementAndGet);
    Hold next = held(locks.exclusive(key, 0, TimeUnit.SECONDS));
    assertEquals(1, told.get());
    dead.close();
    assertNull(locks.shared(key, 0, TimeUnit.SECONDS));
    next.close();
    assertEquals(0, locks.size());
    assertEquals(1, told.get());
  }

  @Test
  void aSharedLockPastItsLimitIsTakenAwayToo() throws Exception {
    AtomicInteger told = new AtomicInteger();
    Hold dead = held(locks.shared(key, 0, TimeUnit.SECONDS));
    dead.limit(0, TimeUnit.SECONDS, told::incrementAndGet);
    held(locks.shared(key, 0, TimeUnit.SECONDS)).close();
    assertEquals(0, told.get(), "nobody had to wait");
    held(locks.exclusive(key, 0, TimeUnit.SECONDS)).close();
    assertEquals(1, told.get());
    assertFalse(dead.resume(1, TimeUnit.SECONDS));
    assertEquals(0, locks.size());
  }

  /** Half of the increments are made after a pause, in which others may have come and gone. */
  @Test
  void noIncrementIsLostWhereHoldersPause() throws Exception {
    ResourceLocks hasty = new ResourceLocks(new WaiterLimit(64), 0, TimeUnit.SECONDS);
    int[] counter = new int[1];
    AtomicInteger expected = new AtomicInteger();
    List<Future<?>> work = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      work.add(
          others.submit(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  Hold hold = held(hasty.exclusive(key, 60, TimeUnit.SECONDS));
                  hold.pause();
                  Thread.yield();
                  if (hold.resume(60, TimeUnit.SECONDS)) {
                    counter[0]++;
                    expected.incrementAndGet();
                  }
                  hold.close();
                }
                return null;
              }));
    }
    for (Future<?> each : work) {
      each.get();
    }
    assertEquals(expected.get(), counter[0]);
    assertEquals(0, hasty.size());
  }

  private static Hold held(Hold hold) {
    return Objects.requireNonNull(hold, "the lock was not acquired");
  }

  private void awaitWaiting(int count) {
    awaitWaiting(key, count);
  }

  private void awaitWaiting(ResourceKey each, int count) {
    while (locks.waitingFor(each) < count) {
      Thread.onSpinWait();
    }
  }

  private static Thread waiting(Waiting work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }

  @FunctionalInterface
  private interface Waiting {
    void run() throws InterruptedException;
  }
}
