package io.github.conflictguard.servlet.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the most frequent names in bounded memory by the algorithm Space-Saving: a name that is
 * not counted takes the place of the least frequent one and inherits its count as error. The true
 * count of each entry lies between its count minus its error, and its count; every name whose true
 * count exceeds the total divided by the capacity is among the entries. Counting takes logarithmic
 * time in the capacity. Thread-safe.
 */
final class TopK {

  private static final int LONGEST_NAME = 256;

  private final Map<String, Counter> counters;

  /** A heap: none of the counters at {@code 2i + 1} and {@code 2i + 2} is less than that at i. */
  private final Counter[] heap;

  private int size;
  private long total;

  /**
   * Creates an empty summary.
   *
   * @param capacity the number of names that are counted
   */
  TopK(int capacity) {
    this.heap = new Counter[capacity];
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
      sink(known);
      return;
    }
    Counter added;
    if (size < heap.length) {
      added = new Counter(counted, increment, 0, size);
      size++;
      rise(added);
    } else {
      Counter least = heap[0];
      counters.remove(least.name);
      added = new Counter(counted, least.count + increment, least.count, 0);
      sink(added);
    }
    counters.put(counted, added);
  }

  /** Moves a counter towards the leaves until none below it is less. */
  private void sink(Counter counter) {
    int at = counter.place;
    for (int below = lesserBelow(at); below >= 0; below = lesserBelow(at)) {
      if (heap[below].count >= counter.count) {
        break;
      }
      put(heap[below], at);
      at = below;
    }
    put(counter, at);
  }

  /** Returns the place of the lesser counter below a place; -1 if there is none. */
  private int lesserBelow(int place) {
    int left = 2 * place + 1;
    if (left >= size) {
      return -1;
    }
    int right = left + 1;
    return right < size && heap[right].count < heap[left].count ? right : left;
  }

  /** Moves a counter towards the root until the one above it is not greater. */
  private void rise(Counter counter) {
    int at = counter.place;
    while (at > 0 && heap[(at - 1) / 2].count > counter.count) {
      put(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    put(counter, at);
  }

  private void put(Counter counter, int place) {
    heap[place] = counter;
    counter.place = place;
  }

  /** Returns the most frequent names, the most frequent first. */
  synchronized List<Frequency> top(int limit) {
    List<Frequency> top = new ArrayList<>();
    Arrays.asList(heap)
        .subList(0, size)
        .forEach(c -> top.add(new Frequency(c.name, c.count, c.error)));
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

    /** The index in the heap. */
    int place;

    Counter(String name, long count, long error, int place) {
      this.name = name;
      this.count = count;
      this.error = error;
      this.place = place;
    }
  }
}
