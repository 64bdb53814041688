package io.github.conflictguard.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of the retries of a guarded method and their outcome, since its application was loaded.
 * Methods that have never failed are not counted. Thread-safe.
 */
public final class RetryCounts {

  /** Far more than the guarded methods of an application; further ones are counted together. */
  static final int MOST = 1000;

  private static final String OTHERS = "*";
  private static final ConcurrentHashMap<String, RetryCounts> ALL = new ConcurrentHashMap<>();

  private final String handler;
  private final LongAdder repeated = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  private RetryCounts(String handler) {
    this.handler = handler;
  }

  /** Returns all counters, ordered by the names of their methods. */
  public static List<RetryCounts> all() {
    return new ArrayList<>(new TreeMap<>(ALL).values());
  }

  static RetryCounts of(String handler) {
    RetryCounts known = ALL.get(handler);
    if (known != null) {
      return known;
    }
    return ALL.computeIfAbsent(ALL.size() < MOST ? handler : OTHERS, RetryCounts::new);
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

  void repeated() {
    repeated.increment();
  }

  void succeeded() {
    succeeded.increment();
  }

  void givenUp() {
    givenUp.increment();
  }
}
