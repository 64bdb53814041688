package io.github.conflictguard.servlet.bridge;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Registers meters of Micrometer in its global registry, a composite to which the application may
 * add registries before and after. The meters read counters of the filter when they are read
 * themselves, so that nothing is added to the path of a request.
 *
 * <p>Uses the interface of Micrometer 1.0, except for the removal of meters. Loaded by name. No
 * type of Micrometer is in a signature: reflection over the methods of this class must work without
 * the library.
 */
final class MicrometerBridge implements Bridge {

  private final Queue<Object> meters = new ConcurrentLinkedQueue<>();

  /** Creates the bridge; fails if there is no Micrometer. */
  MicrometerBridge() {
    Objects.requireNonNull(registry());
  }

  @Override
  public void publish(Series series) {
    meters.add(series.metric().isTimer() ? timer(series) : counter(series));
  }

  private static Object timer(Series series) {
    FunctionTimer.Builder<Series> timer =
        FunctionTimer.builder(
                series.metric().id(), series, Series::value, Series::millis, TimeUnit.MILLISECONDS)
            .description(series.metric().description());
    series.tags().forEach(timer::tag);
    return timer.register((MeterRegistry) registry());
  }

  private static Object counter(Series series) {
    FunctionCounter.Builder<Series> counter =
        FunctionCounter.builder(series.metric().id(), series, Series::value)
            .description(series.metric().description());
    series.tags().forEach(counter::tag);
    return counter.register((MeterRegistry) registry());
  }

  @Override
  public void close() {
    Object meter = meters.poll();
    while (meter != null) {
      // Since Micrometer 1.1.
      ((MeterRegistry) registry()).remove((Meter) meter);
      meter = meters.poll();
    }
  }

  /** Not by its own type: to verify that one is another, the library would be needed. */
  private static Object registry() {
    return Metrics.globalRegistry;
  }
}
