package io.github.conflictguard.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often a guarded method has run again, and with what result, since its application was loaded.
 * Methods that have never failed are not counted. Safe for use by several threads.
 */
public final class RetryCounts {

  /** Far more than an application guards; the others are counted together. */
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

  /** Returns all of them, by the names of their methods. */
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

  /** Returns how often its body has begun again. */
  public long getRepeated() {
    return repeated.sum();
  }

  /** Returns how often it has returned after it had failed. */
  public long getSucceeded() {
    return succeeded.sum();
  }

  /** Returns how often it has failed after its last attempt, or at the end of its budget. */
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
