package io.github.conflictguard.servlet.bridge;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A number that only grows: a metric with one value for each of its tags. It is the sum of its own
 * count and of the counters of all filters of the application. Thread-safe.
 */
public final class Series {

  private final Metric metric;
  private final Map<String, String> tags;
  private final LongAdder own = new LongAdder();
  private final LongAdder millis = new LongAdder();
  private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();

  /**
   * Creates a number.
   *
   * @param tags their values come from closed sets, never from requests
   */
  Series(Metric metric, Map<String, String> tags) {
    this.metric = metric;
    this.tags = Collections.unmodifiableMap(tags);
  }

  /** Increments its own count. */
  void increment() {
    own.increment();
  }

  /** Increments its own count by an event that took some time. */
  void increment(long duration) {
    own.increment();
    millis.add(duration);
  }

  /** Returns the sum of the durations, in milliseconds. */
  public long millis() {
    return millis.sum();
  }

  /** Adds a counter. */
  void add(LongSupplier source) {
    sources.add(source);
  }

  /** Returns the metric. */
  public Metric metric() {
    return metric;
  }

  /** Returns the tags in a fixed order, unmodifiable. */
  public Map<String, String> tags() {
    return tags;
  }

  /** Returns the sum. */
  public long value() {
    long sum = own.sum();
    for (LongSupplier source : sources) {
      sum += source.getAsLong();
    }
    return sum;
  }
}
