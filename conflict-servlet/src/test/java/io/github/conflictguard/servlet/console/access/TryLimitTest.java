package io.github.conflictguard.servlet.console.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.console.access.TryLimit.Result;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TryLimitTest {

  private final AtomicLong now = new AtomicLong(-1);
  private final TryLimit limit = new TryLimit(now::get);

  @Test
  void sixthWrongTryOfAMinuteIsNotEvaluated() {
    for (int i = 0; i < 5; i++) {
      assertEquals(Result.WRONG, limit.attempt(() -> false));
    }
    assertEquals(Result.TOO_MANY, limit.attempt(() -> true));
    now.addAndGet(TimeUnit.SECONDS.toNanos(60));
    assertEquals(Result.RIGHT, limit.attempt(() -> true));
  }

  @Test
  void rightTriesAreNotLimited() {
    for (int i = 0; i < 100; i++) {
      assertEquals(Result.RIGHT, limit.attempt(() -> true));
    }
  }

  @Test
  void wrongTriesAreForgottenOneByOne() {
    for (int i = 0; i < 5; i++) {
      limit.attempt(() -> false);
      now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    }
    assertEquals(Result.TOO_MANY, limit.attempt(() -> false));
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertEquals(Result.WRONG, limit.attempt(() -> false));
    assertEquals(Result.TOO_MANY, limit.attempt(() -> false));
  }
}
