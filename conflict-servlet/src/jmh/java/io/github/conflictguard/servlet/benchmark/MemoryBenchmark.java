package io.github.conflictguard.servlet.benchmark;

import io.github.conflictguard.benchmark.Tables;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.form.SessionForms;
import io.github.conflictguard.servlet.history.RememberedReads;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** How much more heap is in use when many of something are there, divided by their number. */
final class MemoryBenchmark {

  private static final int MANY = 100_000;
  private static final int RULES = 10_000;
  private static final int FORMS = 10_000;

  private final Tables tables = new Tables("memory");
  private Object kept;

  void run() throws Exception {
    tables.columns("Heap", "what", "bytes for each");
    measure("counter (setting counters)", 1 << 20, () -> new WriteCounters(1 << 20));
    measure("resource that is locked, with its key", MANY, MemoryBenchmark::locked);
    measure(
        "read that is remembered (mode observe)",
        RememberedReads.MOST,
        () -> RememberedReads.of(reads -> EntityTag.strong(String.format("%032x", reads))));
    measure("form of eight fields in a session", FORMS, () -> SessionForms.of(FORMS));
    measure("rule, idle", RULES, () -> RuleBenchmark.rules(RULES));
    tables.write();
  }

  private static Object locked() throws InterruptedException {
    ResourceLocks locks = new ResourceLocks();
    Object[] holds = new Object[MANY];
    for (int i = 0; i < MANY; i++) {
      holds[i] = locks.exclusive(ResourceKey.of("/api/customers/" + i), 0, TimeUnit.SECONDS);
    }
    return new Object[] {locks, holds};
  }

  private void measure(String what, int count, Callable<Object> things) throws Exception {
    things.call(); // What is loaded and made once.
    long before = used();
    kept = things.call();
    long after = used();
    tables.row(what, (double) (after - before) / count);
    if (kept == null) {
      throw new IllegalStateException("Kept until here");
    }
    kept = null;
  }

  private static long used() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
