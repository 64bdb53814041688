package io.github.conflictguard.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Source of time, pauses and random numbers. */
interface Timing {

  /** The system's clock and random numbers. */
  Timing SYSTEM =
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
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /** Returns the time since an arbitrary origin, in nanoseconds. */
  long nanos();

  /** Returns a random number from 0 (inclusive) to 1 (exclusive). */
  double chance();

  /** Sleeps for this time, in nanoseconds. */
  void sleep(long nanos) throws InterruptedException;
}
