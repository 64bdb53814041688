package io.github.conflictguard.count;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of the calls of a guarded method's recover method and their outcome, since its
 * application was loaded. Methods that have never recovered are not counted. Thread-safe.
 */
public final class RecoveryCounts {

  private static final CountsByHandler<RecoveryCounts> ALL =
      new CountsByHandler<>(RecoveryCounts::new);

  private final String handler;
  private final LongAdder recovered = new LongAdder();
  private final LongAdder failed = new LongAdder();

  private RecoveryCounts(String handler) {
    this.handler = handler;
  }

  /** Returns all counters, ordered by the names of their methods. */
  public static List<RecoveryCounts> all() {
    return ALL.all();
  }

  /** Returns the counters of a guarded method. */
  public static RecoveryCounts of(String handler) {
    return ALL.of(handler);
  }

  /** Returns the guarded method. */
  public String getHandler() {
    return handler;
  }

  /** Returns the number of invocations whose recover method took the place of a conflict. */
  public long getRecovered() {
    return recovered.sum();
  }

  /** Returns the number of invocations whose recover method failed. */
  public long getFailed() {
    return failed.sum();
  }

  /** Counts a recovery that has returned. */
  public void recovered() {
    recovered.increment();
  }

  /** Counts a recovery that has failed. */
  public void failed() {
    failed.increment();
  }
}
