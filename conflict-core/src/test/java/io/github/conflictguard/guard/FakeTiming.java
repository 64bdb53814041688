package io.github.conflictguard.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A clock that moves by sleeping alone, and chance that is always the same. */
class FakeTiming implements Timing {

  /** How long was slept, each time, in milliseconds. */
  final List<Long> slept = new ArrayList<>();

  /** What chance says. */
  double chance;

  /** Comes while sleeping. */
  boolean interrupts;

  private long nanos = -5;

  /** Lets time pass. */
  void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public double chance() {
    return chance;
  }

  @Override
  public void sleep(long millis) throws InterruptedException {
    if (interrupts) {
      throw new InterruptedException();
    }
    slept.add(millis);
    pass(millis);
  }
}
