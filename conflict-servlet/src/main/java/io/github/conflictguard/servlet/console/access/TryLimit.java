package io.github.conflictguard.servlet.console.access;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Limits wrong tries to five a minute, for all clients together: behind a proxy, an address does
 * not identify a client. Safe for use by several threads.
 */
final class TryLimit {

  private static final int MOST = 5;
  private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private final Deque<Long> wrong = new ArrayDeque<>();

  TryLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Evaluates a try, unless the limit is reached; one at a time, so that none slips past it. */
  synchronized Result attempt(BooleanSupplier isRight) {
    long now = nanoTime.getAsLong();
    while (!wrong.isEmpty() && now - wrong.getFirst() >= WINDOW) {
      wrong.removeFirst();
    }
    if (wrong.size() >= MOST) {
      return Result.TOO_MANY;
    }
    if (isRight.getAsBoolean()) {
      return Result.RIGHT;
    }
    wrong.addLast(now);
    return Result.WRONG;
  }

  enum Result {
    RIGHT,
    WRONG,
    TOO_MANY
  }
}
