package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.resource.WaiterLimit;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The threads that wait for the end of one request. Guarded by the monitor of the memory that
 * contains the request, which is notified when a request ends.
 */
final class Waiting {

  private int count;

  /**
   * Waits on the monitor, which the caller owns.
   *
   * @param end by {@link System#nanoTime()}
   * @return false after the timeout, or if too many wait already
   */
  boolean until(BooleanSupplier ended, Object monitor, WaiterLimit limit, long end)
      throws InterruptedException {
    if (count >= limit.forOne() || !limit.enter()) {
      return false;
    }
    count++;
    try {
      while (!ended.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        monitor.wait(left);
      }
      return true;
    } finally {
      count--;
      limit.leave();
    }
  }
}
