package io.github.conflictguard.client;

/**
 * Limits the repetitions of all requests that share the budget, so that clients do not multiply the
 * load of a server that refuses most requests. Each request adds a fraction of a repetition, and
 * each repetition takes a whole one. Thread-safe.
 */
public final class RetryBudget {

  private final int capacity;
  private final double perRequest;
  private double left;

  private RetryBudget(int capacity, double perRequest) {
    this.capacity = capacity;
    this.perRequest = perRequest;
    this.left = capacity;
  }

  /**
   * Creates a budget, which is full at first.
   *
   * @param capacity the most repetitions that can be saved up
   * @param perRequest the repetitions that each request adds: 0.2 allows one for five requests
   * @throws IllegalArgumentException if one of them is negative
   */
  public static RetryBudget of(int capacity, double perRequest) {
    if (capacity < 0 || !(perRequest >= 0)) {
      throw new IllegalArgumentException(
          "expected numbers that are not negative, found " + capacity + " and " + perRequest);
    }
    return new RetryBudget(capacity, perRequest);
  }

  /** Adds the share of a request that is sent for the first time. */
  public synchronized void add() {
    left = Math.min(capacity, left + perRequest);
  }

  /** Takes one repetition, and returns whether there was one. */
  public synchronized boolean take() {
    boolean enough = left >= 1;
    if (enough) {
      left--;
    }
    return enough;
  }
}
