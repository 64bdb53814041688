package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.conflict.ConflictKind;
import org.junit.jupiter.api.Test;

/** Retries after exceptions that are no conflicts, and what an outer guard adds to them. */
class UsedUpRetriesTest {

  private static final GuardPolicy THRICE =
      GuardPolicy.builder()
          .handler("a#b()")
          .retry(3, 0, 0, 0, 60_000)
          .retryOnExceptions(Unavailable.class.getName())
          .build();

  private static final GuardPolicy LOCKED =
      GuardPolicy.builder().handler("a#c()").retry(3, 0, 0, 0, 60_000).build();

  private int runs;

  @Test
  void anOuterGuardDoesNotRepeatWhatAnInnerOneHasGivenUp() {
    Unavailable failure = new Unavailable();
    assertSame(failure, failureOf(() -> ConflictGuard.call(THRICE, () -> failing(failure))));
    assertEquals(3, runs);
  }

  @Test
  void anEqualExceptionIsRepeatedAllTheSame() {
    Unavailable first = new Unavailable();
    assertSame(first, failureOf(() -> failing(first)));
    Unavailable second = new Unavailable();
    assertSame(second, failureOf(() -> failing(second)));
    assertEquals(6, runs);
  }

  @Test
  void anInstanceThatIsThrownAnewIsRepeatedAnew() {
    Unavailable shared = new Unavailable();
    assertSame(shared, failureOf(() -> failing(shared)));
    assertSame(shared, failureOf(() -> failing(shared)));
    assertEquals(6, runs);
  }

  @Test
  void aSharedConflictThatIsThrownAnewIsRepeatedAnew() {
    ConflictException shared = new ConflictException(ConflictKind.LOCKED, "shared");
    for (int request = 1; request <= 3; request++) {
      assertSame(shared, failureOf(() -> conflicting(shared), LOCKED));
      assertEquals(3 * request, runs);
    }
  }

  @Test
  void aSharedConflictIsNotRepeatedByAnOuterGuardOfTheOneThatHasGivenItUp() {
    ConflictException shared = new ConflictException(ConflictKind.LOCKED, "shared");
    for (int request = 1; request <= 2; request++) {
      assertSame(
          shared, failureOf(() -> ConflictGuard.call(LOCKED, () -> conflicting(shared)), LOCKED));
      assertEquals(3 * request, runs);
    }
  }

  private String conflicting(ConflictException conflict) {
    runs++;
    throw conflict;
  }

  private static Throwable failureOf(
      GuardedCall<String, RuntimeException> work, GuardPolicy policy) {
    return assertThrows(RuntimeException.class, () -> ConflictGuard.call(policy, work));
  }

  private static Throwable failureOf(GuardedCall<String, RuntimeException> work) {
    return assertThrows(RuntimeException.class, () -> ConflictGuard.call(THRICE, work));
  }

  private String failing(RuntimeException failure) {
    runs++;
    throw failure;
  }

  /** Equal to every other one, as records and generated value classes make it. */
  private static final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean equals(Object other) {
      return other instanceof Unavailable;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
