package io.github.conflictguard.servlet.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the most frequent names in bounded memory by the algorithm Space-Saving: a name that is
 * not counted takes the place of the least frequent one and inherits its count as error. The true
 * count of each entry lies between its count minus its error, and its count; every name whose true
 * count exceeds the total divided by the capacity is among the entries. Thread-safe.
 */
final class TopK {

  private static final int LONGEST_NAME = 256;

  private final int capacity;
  private final Map<String, Counter> counters;
  private long total;

  /**
   * Creates an empty summary.
   *
   * @param capacity the number of names that are counted
   */
  TopK(int capacity) {
    this.capacity = capacity;
    this.counters = new HashMap<>();
  }

  /**
   * Counts a name.
   *
   * @param increment positive
   */
  synchronized void add(String name, long increment) {
    if (increment <= 0) {
      throw new IllegalArgumentException("expected a positive increment, got " + increment);
    }
    total += increment;
    String counted = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    Counter known = counters.get(counted);
    if (known != null) {
      known.count += increment;
      return;
    }
    long inherited = 0;
    if (counters.size() >= capacity) {
      Counter least = least();
      counters.remove(least.name);
      inherited = least.count;
    }
    counters.put(counted, new Counter(counted, inherited + increment, inherited));
  }

  private Counter least() {
    return Collections.min(counters.values(), Comparator.comparingLong(counter -> counter.count));
  }

  /** Returns the most frequent names, the most frequent first. */
  synchronized List<Frequency> top(int limit) {
    List<Frequency> top = new ArrayList<>();
    counters.values().forEach(c -> top.add(new Frequency(c.name, c.count, c.error)));
    top.sort(Comparator.comparingLong(Frequency::count).reversed().thenComparing(Frequency::name));
    return top.size() <= limit ? top : new ArrayList<>(top.subList(0, limit));
  }

  /** Returns the sum of all increments. */
  synchronized long total() {
    return total;
  }

  private static final class Counter {

    final String name;
    final long error;
    long count;

    Counter(String name, long count, long error) {
      this.name = name;
      this.count = count;
      this.error = error;
    }
  }
}
