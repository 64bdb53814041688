package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.event.ConflictEvent;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.trace.Span;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Adds attributes to the current span of OpenTelemetry, and publishes counters by its meters.
 *
 * <p>The counters wait until the application or an agent has set the global instance. It is never
 * set here, and never read before: {@code get} would set it to one that does nothing, and the
 * application's own attempt would fail. The status of the span stays unset, as the conventions for
 * HTTP servers demand for responses with 4xx.
 *
 * <p>Loaded by name. No type of OpenTelemetry is in a signature: reflection over the methods of
 * this class must work without the library.
 */
final class OpenTelemetryBridge implements Bridge {

  private static final String SCOPE = "io.github.conflictguard";
  private static final String PREFIX = "conflictguard.";
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  /** The numbers of each metric, with their attributes. */
  private final Map<Metric, List<Measured>> published = new EnumMap<>(Metric.class);

  private final List<Object> counters = new ArrayList<>();
  private boolean closed;
  private volatile boolean waiting = true;
  private volatile long nextLook;

  /** Creates the bridge; fails if there is no OpenTelemetry. */
  OpenTelemetryBridge() {
    Span.getInvalid();
    nextLook = System.nanoTime();
  }

  @Override
  public synchronized void publish(Series series) {
    AttributesBuilder attributes = Attributes.builder();
    for (Map.Entry<String, String> tag : series.tags().entrySet()) {
      attributes.put(PREFIX + tag.getKey(), tag.getValue());
    }
    List<Measured> known = published.get(series.metric());
    if (known == null) {
      known = new CopyOnWriteArrayList<>();
      published.put(series.metric(), known);
      if (!waiting) {
        count(series.metric(), known);
      }
    }
    known.add(new Measured(series, attributes.build()));
  }

  @Override
  public void onConflict(ConflictEvent event) {
    Span span = Span.current();
    span.setAttribute(PREFIX + "kind", event.kind());
    span.setAttribute(PREFIX + "instance", event.instance());
    span.setAttribute(PREFIX + "outcome", event.isAnswered() ? "answered" : "observed");
    String rule = event.rule();
    if (rule != null) {
      span.setAttribute(PREFIX + "rule", rule);
    }
  }

  @Override
  public void onRequest() {
    if (waiting && System.nanoTime() - nextLook >= 0) {
      nextLook = System.nanoTime() + INTERVAL;
      if (isSet()) {
        begin();
      }
    }
  }

  private synchronized void begin() {
    if (waiting && !closed) {
      published.forEach(this::count);
      waiting = false;
    }
  }

  private void count(Metric metric, List<Measured> all) {
    count(metric, metric.id(), metric.unit(), each -> each.series.value(), all);
    if (metric.isTimer()) {
      count(metric, metric.id() + ".time", "ms", each -> each.series.millis(), all);
    }
  }

  /** Creates a counter; its meter calls back whenever it is read. */
  @SuppressWarnings("unchecked")
  private void count(
      Metric metric, String id, String unit, ToLongFunction<Measured> value, List<Measured> all) {
    Consumer<?> callback =
        measurement -> all.forEach(each -> each.record(measurement, value.applyAsLong(each)));
    counters.add(
        GlobalOpenTelemetry.getMeter(SCOPE)
            .counterBuilder(id)
            .setDescription(metric.description())
            .setUnit(unit)
            .buildWithCallback((Consumer<ObservableLongMeasurement>) callback));
  }

  /** Returns whether the global instance is set, without setting it. */
  private static boolean isSet() {
    try {
      return GlobalOpenTelemetry.isSet();
    } catch (NoSuchMethodError e) {
      return isFieldSet();
    }
  }

  /** For versions that do not tell it. */
  private static boolean isFieldSet() {
    try {
      Field global = GlobalOpenTelemetry.class.getDeclaredField("globalOpenTelemetry");
      global.setAccessible(true);
      return global.get(null) != null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    waiting = false;
    published.clear();
    for (Object counter : counters) {
      // Not before version 1.12.
      if (counter instanceof AutoCloseable) {
        try {
          ((AutoCloseable) counter).close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
    counters.clear();
  }

  /** A number and its attributes. */
  private static final class Measured {

    private final Series series;
    private final Object attributes;

    Measured(Series series, Object attributes) {
      this.series = series;
      this.attributes = attributes;
    }

    void record(Object measurement, long value) {
      ((ObservableLongMeasurement) measurement).record(value, (Attributes) attributes);
    }
  }
}
