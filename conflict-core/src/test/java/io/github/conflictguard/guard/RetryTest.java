package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.StatusProfile;
import io.github.conflictguard.recorder.Recorder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When guarded code runs again, how long that waits, and what leaves it in the end. */
class RetryTest {

  private static final SQLException DEADLOCK = new SQLException("deadlock", "40001");
  private static final SQLException DUPLICATE = new SQLException("duplicate", "23505");

  private final FakeTiming timing = new FakeTiming();
  private final GuardPolicy thrice =
      GuardPolicy.builder().handler("a#b()").retry(3, 50, 1000, 0.5, 5000).build();
  private boolean inTransaction;
  private int runs;

  @AfterEach
  void noThreadKeepsAnything() {
    assertFalse(Thread.interrupted());
    assertNull(RepeatCheck.install(null));
  }

  @Test
  void workThatSucceedsAfterADeadlockReturnsItsResult() throws Exception {
    assertEquals("done", call(thrice, failing(2, DEADLOCK)));
    assertEquals(3, runs);
    assertEquals(List.of(50L, 100L), timing.slept);
  }

  @Test
  void afterTheLastAttemptTheConflictLeaves() {
    ConflictException conflict =
        assertThrows(ConflictException.class, () -> call(thrice, failing(9, DEADLOCK)));
    assertEquals(3, runs);
    assertEquals(ConflictKind.TRANSIENT, conflict.kind());
    assertSame(DEADLOCK, conflict.getCause());
    assertEquals("a#b()", conflict.handler());
    assertEquals("transient: java.sql.SQLException; attempts: 3", conflict.getMessage());
  }

  @Test
  void withoutRetryTheCodeRunsOnce() {
    assertThrows(ConflictException.class, () -> call(GuardPolicy.plain(), failing(1, DEADLOCK)));
    assertEquals(1, runs);
  }

  @ParameterizedTest
  @EnumSource(ConflictKind.class)
  void onlyKindsThatPassByThemselvesAreRepeated(ConflictKind kind) {
    ConflictException own = new ConflictException(kind, "found by the application");
    assertSame(own, assertThrows(ConflictException.class, () -> call(thrice, failing(9, own))));
    assertEquals(kind == ConflictKind.LOCKED || kind == ConflictKind.TRANSIENT ? 3 : 1, runs);
  }

  @Test
  void kindsThatThePolicyDoesNotMeanAreNotRepeated() {
    GuardPolicy others = GuardPolicy.builder().retry(3).except(ConflictKind.TRANSIENT).build();
    assertSame(
        DEADLOCK, assertThrows(SQLException.class, () -> call(others, failing(9, DEADLOCK))));
    assertEquals(1, runs);
  }

  @Test
  void whatIsNoConflictLeavesAsTheSameInstanceEvenBehindOne() {
    IOException broken = new IOException("broken pipe");
    List<Exception> failures = List.of(DEADLOCK, broken);
    assertSame(
        broken,
        assertThrows(
            IOException.class,
            () ->
                call(
                    thrice,
                    () -> {
                      throw failures.get(runs++);
                    })));
    assertEquals(2, runs);
    AssertionError error = new AssertionError(DEADLOCK);
    assertSame(
        error,
        assertThrows(
            AssertionError.class,
            () ->
                call(
                    thrice,
                    () -> {
                      throw error;
                    })));
  }

  @Test
  void aConflictOfAnotherKindBehindADeadlockIsTheAnswer() {
    List<Exception> failures = List.of(DEADLOCK, DUPLICATE);
    ConflictException conflict =
        assertThrows(
            ConflictException.class,
            () ->
                call(
                    thrice,
                    () -> {
                      throw failures.get(runs++);
                    }));
    assertEquals(ConflictKind.DUPLICATE_KEY, conflict.kind());
    assertEquals(2, runs);
  }

  /** Columns: jitter, chance, waits. */
  @ParameterizedTest
  @CsvSource({
    "0,   0.9, 50 100 200 300 300",
    "0.5, 0,   50 100 200 300 300",
    "0.5, 0.5, 38 75 150 225 225",
    "1,   0.5, 25 50 100 150 150",
    "1,   0.999999, 0 0 0 0 0"
  })
  void aWaitDoublesUpToItsLimitLessAShareThatIsLeftToChance(
      double jitter, double chance, String waits) {
    timing.chance = chance;
    GuardPolicy policy = GuardPolicy.builder().retry(6, 50, 300, jitter, 5000).build();
    assertThrows(ConflictException.class, () -> call(policy, failing(9, DEADLOCK)));
    assertEquals(waits, String.join(" ", timing.slept.stream().map(String::valueOf).toList()));
  }

  @Test
  void theLongestWaitsDoNotOverflow() {
    GuardPolicy policy =
        GuardPolicy.builder().retry(100, 1, Long.MAX_VALUE, 0, Long.MAX_VALUE).build();
    assertThrows(ConflictException.class, () -> call(policy, failing(100, DEADLOCK)));
    assertTrue(timing.slept.stream().allMatch(wait -> wait > 0), () -> "" + timing.slept);
  }

  @Test
  void aWaitThatDoesNotFitIntoTheBudgetIsNotBegun() {
    GuardPolicy policy = GuardPolicy.builder().retry(10, 50, 1000, 0, 349).build();
    ConflictException conflict =
        assertThrows(ConflictException.class, () -> call(policy, failing(99, DEADLOCK)));
    assertEquals(List.of(50L, 100L), timing.slept);
    assertTrue(conflict.getMessage().endsWith("; attempts: 3"), conflict.getMessage());
  }

  @Test
  void theBudgetIsCountedFromTheFirstFailureAndAttemptsCountToo() throws Exception {
    GuardPolicy policy = GuardPolicy.builder().retry(10, 50, 1000, 0, 350).build();
    assertThrows(
        ConflictException.class,
        () ->
            call(
                policy,
                () -> {
                  runs++;
                  timing.pass(200);
                  throw DEADLOCK;
                }));
    // 50 slept, 200 worked; another 100 would fit exactly, and the work after it no more.
    assertEquals(List.of(50L, 100L), timing.slept);
    assertEquals(3, runs);
  }

  @Test
  void nothingIsRepeatedInsideATransaction() {
    inTransaction = true;
    assertRefused("; not repeated: a transaction is active");
  }

  @Test
  void nothingIsRepeatedWhereTheRequestForbidsIt() {
    List<String> asked = new ArrayList<>();
    RepeatCheck.install(
        code -> {
          asked.add(code);
          return false;
        });
    assertRefused("; not repeated: the response is committed, or the body of the request was read");
    assertEquals(List.of("code"), asked);
  }

  @Test
  void nothingIsRepeatedByAnInterruptedThread() {
    Thread.currentThread().interrupt();
    assertRefused("; not repeated: the thread is interrupted");
    assertTrue(Thread.interrupted());
  }

  @Test
  void anInterruptEndsTheWaitWithTheConflictAndStaysSet() {
    timing.interrupts = true;
    assertRefused("; not repeated: interrupted while waiting");
    assertTrue(Thread.interrupted());
  }

  @Test
  void nobodyWaitsWithTheMonitorThatOthersNeed() {
    Attempts attempts = attempts(thrice);
    Object monitor = new Object();
    synchronized (monitor) {
      assertInstanceOf(ConflictException.class, attempts.failed(DEADLOCK, monitor));
    }
    assertNull(attempts(thrice).failed(DEADLOCK, monitor));
    assertEquals(List.of(50L), timing.slept);
  }

  @Test
  void anOuterGuardDoesNotMultiplyTheAttemptsOfAnInnerOne() {
    ConflictException conflict =
        assertThrows(
            ConflictException.class, () -> call(thrice, () -> call(thrice, failing(99, DEADLOCK))));
    assertEquals(3, runs);
    assertSame(DEADLOCK, conflict.getCause());
  }

  @Test
  void theMarkOfUsedUpRetriesIsFoundInsideOtherExceptions() {
    assertThrows(
        ConflictException.class,
        () ->
            call(
                thrice,
                () -> {
                  try {
                    return call(thrice, failing(99, DEADLOCK));
                  } catch (ConflictException e) {
                    throw new IllegalStateException(new IOException(e));
                  }
                }));
    assertEquals(3, runs);
  }

  @Test
  void aUsedUpBudgetIsNotSpentAgainFurtherOut() {
    GuardPolicy poor = GuardPolicy.builder().retry(3, 50, 50, 0, 10).build();
    assertThrows(
        ConflictException.class, () -> call(thrice, () -> call(poor, failing(99, DEADLOCK))));
    assertEquals(1, runs);
  }

  @Test
  void whatAnInnerGuardWithoutRetryFoundIsRepeatedFurtherOut() throws Exception {
    assertEquals("done", call(thrice, () -> call(GuardPolicy.plain(), failing(2, DEADLOCK))));
    assertEquals(3, runs);
  }

  @Test
  void whatAnInnerGuardRefusedInsideATransactionIsRepeatedOutsideOfIt() throws Exception {
    Object result =
        call(
            thrice,
            () -> {
              inTransaction = true;
              try {
                return call(thrice, failing(2, DEADLOCK));
              } finally {
                inTransaction = false;
              }
            });
    assertEquals("done", result);
    assertEquals(3, runs);
  }

  @Test
  void aCircleOfCausesEnds() {
    RuntimeException one = new RuntimeException();
    RuntimeException two = new RuntimeException(one);
    one.initCause(two);
    assertFalse(ConflictException.hasUsedUpRetries(one, 0));
  }

  @Test
  void whatWasNotedBeforeASuccessIsForgotten() throws Exception {
    Recorder.begin();
    call(
        thrice,
        () -> {
          Recorder.note(DEADLOCK);
          return failing(1, DEADLOCK).call();
        });
    assertEquals(0, Recorder.end().length);
    Recorder.begin();
    call(
        thrice,
        () -> {
          Recorder.note(DUPLICATE);
          return null;
        });
    assertEquals(1, Recorder.end().length);
  }

  @Test
  void aPolicyAppliesToRunAsWell() {
    GuardPolicy uniform =
        GuardPolicy.builder().handler("import").statusProfile(StatusProfile.UNIFORM).build();
    ConflictException conflict =
        assertThrows(
            ConflictException.class,
            () ->
                ConflictGuard.run(
                    uniform,
                    () -> {
                      throw DUPLICATE;
                    }));
    assertEquals(StatusProfile.UNIFORM, conflict.statusProfile());
    assertEquals("import", conflict.handler());
  }

  @Test
  void workThatThrowsNothingCheckedNeedsNoCatch() {
    assertEquals(5, ConflictGuard.call(() -> 5));
    assertNull(ConflictGuard.call(() -> null));
    ConflictGuard.run(() -> runs++);
    assertEquals(1, runs);
  }

  /** What the weaver relies on. */
  @Test
  void wovenCodeIsToldByAStateWhetherToRunAgain() {
    String policy =
        GuardPolicy.builder().handler("a#b()").retry(2, 0, 0, 0, 1000).build().toString();
    Object state = WovenGuard.failed(null, DEADLOCK, policy, this, 0, new Object[0]);
    assertTrue(WovenGuard.repeats(state));
    assertNull(WovenGuard.outcome(state));
    state = WovenGuard.failed(state, DEADLOCK, policy, this, 0, new Object[0]);
    assertFalse(WovenGuard.repeats(state));
    assertInstanceOf(ConflictException.class, WovenGuard.outcome(state));
    assertFalse(WovenGuard.repeats(null));
    assertNull(WovenGuard.outcome(null));
  }

  private void assertRefused(String remark) {
    ConflictException conflict =
        assertThrows(ConflictException.class, () -> call(thrice, failing(1, DEADLOCK)));
    assertEquals(1, runs);
    assertEquals(Collections.emptyList(), timing.slept);
    assertEquals("transient: java.sql.SQLException" + remark, conflict.getMessage());
    RepeatCheck.install(null);
  }

  private GuardedCall<String, Exception> failing(int times, Exception thrown) {
    return () -> {
      runs++;
      if (runs <= times) {
        throw thrown;
      }
      return "done";
    };
  }

  private <T> T call(GuardPolicy policy, GuardedCall<T, Exception> work) throws Exception {
    return ConflictGuard.call(work, policy, attempts(policy));
  }

  private Attempts attempts(GuardPolicy policy) {
    return new Attempts(policy, "code", timing, () -> inTransaction);
  }
}
