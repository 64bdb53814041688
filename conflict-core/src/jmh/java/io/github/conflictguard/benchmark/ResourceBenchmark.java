package io.github.conflictguard.benchmark;

import io.github.conflictguard.resource.Hold;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.resource.WriteCounters;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Locks and counters, with nobody else there and with sixteen threads that want the same. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ResourceBenchmark {

  private static final int KEYS = 4096;

  private final ResourceLocks locks = new ResourceLocks();
  private final WriteCounters counters = new WriteCounters(65_536);
  private final ResourceKey[] keys = new ResourceKey[KEYS];

  public ResourceBenchmark() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = ResourceKey.of("/api/customers/" + i);
    }
  }

  @Benchmark
  @Threads(1)
  public void exclusiveAlone() throws InterruptedException {
    exclusive(keys[0]);
  }

  @Benchmark
  @Threads(16)
  public void exclusiveOfOneKey() throws InterruptedException {
    exclusive(keys[0]);
  }

  @Benchmark
  @Threads(16)
  public void exclusiveOfManyKeys() throws InterruptedException {
    exclusive(any());
  }

  @Benchmark
  @Threads(1)
  public void sharedAlone() throws InterruptedException {
    shared(keys[0]);
  }

  @Benchmark
  @Threads(16)
  public void sharedOfOneKey() throws InterruptedException {
    shared(keys[0]);
  }

  @Benchmark
  @Threads(1)
  public long counterReadAlone() {
    return counters.valueOf(any());
  }

  @Benchmark
  @Threads(16)
  public long counterRead() {
    return counters.valueOf(any());
  }

  @Benchmark
  @Threads(1)
  public void counterWrittenAlone() {
    counters.written(any());
  }

  @Benchmark
  @Threads(16)
  public void counterWritten() {
    counters.written(any());
  }

  private ResourceKey any() {
    return keys[ThreadLocalRandom.current().nextInt(KEYS)];
  }

  private void exclusive(ResourceKey key) throws InterruptedException {
    try (Hold hold = locks.exclusive(key, 10, TimeUnit.SECONDS)) {
      check(hold);
    }
  }

  private void shared(ResourceKey key) throws InterruptedException {
    try (Hold hold = locks.shared(key, 10, TimeUnit.SECONDS)) {
      check(hold);
    }
  }

  private static void check(Hold hold) {
    if (hold == null) {
      throw new IllegalStateException("Nobody holds anything for that long");
    }
  }
}
