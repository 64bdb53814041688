package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardLocksTest {

  private static final Object[] NO_ARGUMENTS = {};

  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void nothingIsLeftBehind() {
    others.shutdownNow();
    assertEquals(0, GuardLocks.OF_APPLICATION.size());
  }

  /** Counters that know no thread show every overlap as a lost increment. */
  @Test
  void oneThreadAtATimeHoldsAKeyAlsoWhenItTakesItTwiceAndFailsInBetween() throws Exception {
    int keys = 3;
    int threads = 12;
    int rounds = 1_000;
    int[] counters = new int[keys];
    String outer = template("counter/{0}", 1, 60_000);
    String inner = template("coun{1}/{0}", 2, 0);
    List<Future<?>> work = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      work.add(
          others.submit(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  int key = i % keys;
                  Object one = WovenGuard.enter(outer, null, new Object[] {key});
                  try {
                    Object two = WovenGuard.enter(inner, null, new Object[] {(long) key, "ter"});
                    assertSame(one, two);
                    int read = counters[key];
                    WovenGuard.leave(two);
                    Thread.yield();
                    counters[key] = read + 1;
                  } finally {
                    WovenGuard.leave(one);
                  }
                }
                return null;
              }));
    }
    for (Future<?> done : work) {
      done.get();
    }
    int total = 0;
    for (int counter : counters) {
      total += counter;
    }
    assertEquals(threads * rounds, total);
  }

  @Test
  void whoDoesNotGetTheLockInTimeLeavesWithALockedConflict() throws Exception {
    String policy =
        GuardPolicy.builder().handler("a#b()").lock("k").lockTimeoutMillis(0).build().toString();
    Object held = WovenGuard.enter(policy, null, NO_ARGUMENTS);
    Object refused = others.submit(() -> WovenGuard.enter(policy, null, NO_ARGUMENTS)).get();
    ConflictException conflict = assertInstanceOf(ConflictException.class, refused);
    assertEquals(ConflictKind.LOCKED, conflict.kind());
    assertEquals("a#b()", conflict.handler());
    assertEquals("locked: a#b() did not get its lock after 0 ms", conflict.getMessage());
    WovenGuard.leave(refused);
    WovenGuard.leave(held);
    assertInstanceOf(
        GuardLocks.Held.class,
        others
            .submit(
                () -> {
                  Object free = WovenGuard.enter(policy, null, NO_ARGUMENTS);
                  WovenGuard.leave(free);
                  return free;
                })
            .get());
  }

  @Test
  void thoseBeyondTheLimitOfOneLockLeaveAtOnceAsLocked() throws Exception {
    String policy =
        GuardPolicy.builder()
            .handler("a#b()")
            .lock("k")
            .lockTimeoutMillis(3_600_000)
            .build()
            .toString();
    Object held = WovenGuard.enter(policy, null, NO_ARGUMENTS);
    ExecutorCompletionService<Object> done = new ExecutorCompletionService<>(others);
    for (int i = 0; i < 72; i++) {
      done.submit(
          () -> {
            Object entered = WovenGuard.enter(policy, null, NO_ARGUMENTS);
            WovenGuard.leave(entered);
            return entered;
          });
    }
    for (int i = 0; i < 8; i++) {
      ConflictException refused = assertInstanceOf(ConflictException.class, done.take().get());
      assertEquals(
          "locked: a#b() did not get its lock because too many wait", refused.getMessage());
    }
    WovenGuard.leave(held);
    for (int i = 0; i < 64; i++) {
      assertInstanceOf(GuardLocks.Held.class, done.take().get());
    }
  }

  @Test
  void aLockThatWasNotToBeHadIsNotAskedForAgainByAnOuterGuard() throws Exception {
    GuardPolicy locking = GuardPolicy.builder().lock("k").lockTimeoutMillis(0).build();
    Object held = WovenGuard.enter(locking.toString(), null, NO_ARGUMENTS);
    FakeTiming timing = new FakeTiming();
    GuardPolicy outer = GuardPolicy.builder().retry(3).build();
    others
        .submit(
            () ->
                assertThrows(
                    ConflictException.class,
                    () ->
                        ConflictGuard.call(
                            () -> ConflictGuard.call(locking, () -> 1),
                            outer,
                            new Attempts(outer, "code", timing, () -> false))))
        .get();
    assertEquals(List.of(), timing.slept);
    WovenGuard.leave(held);
  }

  @Test
  void anInterruptedWaiterLeavesWithTheConflictAndItsFlag() throws Exception {
    String policy = template("k", 0, 3_600_000);
    Object held = WovenGuard.enter(policy, null, NO_ARGUMENTS);
    AtomicReference<Object> refused = new AtomicReference<>();
    CountDownLatch flagged = new CountDownLatch(1);
    Thread waiter =
        new Thread(
            () -> {
              refused.set(WovenGuard.enter(policy, null, NO_ARGUMENTS));
              if (Thread.currentThread().isInterrupted()) {
                flagged.countDown();
              }
            });
    waiter.start();
    waiter.interrupt();
    assertTrue(flagged.await(60, TimeUnit.SECONDS));
    assertInstanceOf(ConflictException.class, refused.get());
    WovenGuard.leave(held);
  }

  @Test
  void theLockIsKeptOverAllAttempts() throws Exception {
    GuardPolicy policy =
        GuardPolicy.builder().retry(3, 50, 50, 0, 5000).lock("k").lockTimeoutMillis(0).build();
    List<Boolean> free = new ArrayList<>();
    FakeTiming asking =
        new FakeTiming() {
          @Override
          public void sleep(long millis) throws InterruptedException {
            super.sleep(millis);
            free.add(isFree(policy));
          }
        };
    assertThrows(
        ConflictException.class,
        () ->
            ConflictGuard.call(
                () -> {
                  free.add(isFree(policy));
                  throw new SQLException("deadlock", "40001");
                },
                policy,
                new Attempts(policy, "code", asking, () -> false)));
    assertEquals(List.of(false, false, false, false, false), free);
    assertTrue(isFree(policy));
  }

  @Test
  void aLockThatCannotBeNamedKeepsTheWorkFromRunning() {
    String policy = template("order/{0.id}", 1, 0);
    Object refused = WovenGuard.enter(policy, null, new Object[] {null});
    String message = assertInstanceOf(IllegalArgumentException.class, refused).getMessage();
    assertEquals("The lock 'order/{0.id}' of a#b() cannot be named: {0} is null", message);
    WovenGuard.leave(refused);
  }

  @Test
  void differentKeysAndMethodsWithoutLockWaitForNobody() {
    Object one = WovenGuard.enter(template("{0}", 1, 0), null, new Object[] {1});
    Object two = WovenGuard.enter(template("{0}", 1, 0), null, new Object[] {2});
    assertInstanceOf(GuardLocks.Held.class, one);
    assertInstanceOf(GuardLocks.Held.class, two);
    assertNull(WovenGuard.enter("handler=a#b()", null, NO_ARGUMENTS));
    assertSame(one, WovenGuard.enter(template("{0}", 1, 0), null, new Object[] {1}));
    WovenGuard.leave(one);
    WovenGuard.leave(one);
    WovenGuard.leave(two);
    WovenGuard.leave(null);
    WovenGuard.leave("anything");
  }

  @Test
  void theLockOfACallIsItsKeyToTheLetter() {
    assertEquals(
        "{user}",
        GuardPolicy.builder().lock("{user}").build().values.lock.keyFor(null, NO_ARGUMENTS, "h"));
  }

  private boolean isFree(GuardPolicy policy) {
    try {
      return others
          .submit(
              () -> {
                Object entered = WovenGuard.enter(policy.toString(), null, NO_ARGUMENTS);
                WovenGuard.leave(entered);
                return entered instanceof GuardLocks.Held;
              })
          .get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String template(String template, int parameters, long timeout) {
    return GuardPolicy.builder()
        .handler("a#b()")
        .lock(template, List.of(), parameters)
        .lockTimeoutMillis(timeout)
        .build()
        .toString();
  }
}
