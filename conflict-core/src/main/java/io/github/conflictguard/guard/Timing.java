package io.github.conflictguard.guard;

import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, as far as retries need them. */
interface Timing {

  /** The machine's. */
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

  /** The time from an arbitrary start. */
  long nanos();

  /** Anything from 0 to below 1. */
  double chance();

  /** Waits. */
  void sleep(long millis) throws InterruptedException;
}
