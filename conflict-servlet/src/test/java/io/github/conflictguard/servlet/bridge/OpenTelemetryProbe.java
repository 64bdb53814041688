package io.github.conflictguard.servlet.bridge;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that sets the global instance only after its first two requests. */
final class OpenTelemetryProbe implements Probe {

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .build();
  private final Tracer tracer = sdk.getTracer("application");
  private final AtomicInteger requests = new AtomicInteger();

  @Override
  public void serve(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (requests.incrementAndGet() == 3) {
      GlobalOpenTelemetry.set(sdk);
    }
    Span span = tracer.spanBuilder("request").setSpanKind(SpanKind.SERVER).startSpan();
    try (Scope scope = span.makeCurrent()) {
      chain.doFilter(request, response);
    } finally {
      span.end();
    }
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (SpanData span : spans.getFinishedSpanItems()) {
      Map<String, String> attributes = new TreeMap<>();
      span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
      if (!attributes.isEmpty()) {
        lines.add("span " + span.getStatus().getStatusCode() + " " + attributes);
      }
    }
    metrics
        .collectAllMetrics()
        .forEach(
            metric ->
                metric
                    .getLongSumData()
                    .getPoints()
                    .forEach(
                        point -> {
                          Map<String, String> attributes = new TreeMap<>();
                          point
                              .getAttributes()
                              .forEach(
                                  (key, value) -> attributes.put(key.getKey(), value.toString()));
                          lines.add(metric.getName() + attributes + " " + point.getValue());
                        }));
    lines.sort(null);
    return lines;
  }

  @Override
  public void end() {
    GlobalOpenTelemetry.resetForTest();
    sdk.close();
  }
}
