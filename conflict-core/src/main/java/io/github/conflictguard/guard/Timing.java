package io.github.conflictguard.guard;

import java.util.concurrent.ThreadLocalRandom;

/** Source of time and random numbers for retries. */
interface Timing {

  /** The system's clock and random numbers. */
  Timing REAL =
      new Timing() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public double chance() {
          return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
          Thread.sleep(millis);
        }
      };

  /** Returns the time since an arbitrary origin, in nanoseconds. */
  long nanos();

  /** Returns a random number from 0 (inclusive) to 1 (exclusive). */
  double chance();

  /** Sleeps for this time. */
  void sleep(long millis) throws InterruptedException;
}
