package io.github.conflictguard.count;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of the retries of a guarded method and their outcome, since its application was loaded.
 * Methods that have never failed are not counted. Thread-safe.
 */
public final class RetryCounts {

  private static final CountsByHandler<RetryCounts> ALL = new CountsByHandler<>(RetryCounts::new);

  private final String handler;
  private final LongAdder repeated = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  private RetryCounts(String handler) {
    this.handler = handler;
  }

  /** Returns all counters, ordered by the names of their methods. */
  public static List<RetryCounts> all() {
    return ALL.all();
  }

  /** Returns the counters of a guarded method. */
  public static RetryCounts of(String handler) {
    return ALL.of(handler);
  }

  /** Returns the guarded method. */
  public String getHandler() {
    return handler;
  }

  /** Returns the number of times that its body was repeated. */
  public long getRepeated() {
    return repeated.sum();
  }

  /** Returns the number of invocations that returned after a failure. */
  public long getSucceeded() {
    return succeeded.sum();
  }

  /**
   * Returns the number of invocations that failed after the last attempt, or at the end of the
   * budget.
   */
  public long getGivenUp() {
    return givenUp.sum();
  }

  /** Counts a repetition of the body. */
  public void repeated() {
    repeated.increment();
  }

  /** Counts an invocation that has returned after a failure. */
  public void succeeded() {
    succeeded.increment();
  }

  /** Counts an invocation that has failed after the last attempt. */
  public void givenUp() {
    givenUp.increment();
  }
}
