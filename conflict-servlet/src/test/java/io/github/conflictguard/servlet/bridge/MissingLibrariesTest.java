package io.github.conflictguard.servlet.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter in class loaders that do not have the libraries, or share them with others. */
@Tag("container")
class MissingLibrariesTest {

  private static final String[] ALL = {"io.micrometer.", "io.opentelemetry.", "org.slf4j."};
  private static final Supplier<List<String>> NOTHING = List::of;
  private static final int MOST_COLLECTIONS = 100;

  @ParameterizedTest
  @ValueSource(strings = {"io.micrometer.", "io.opentelemetry.", "org.slf4j."})
  void withoutOneLibraryTheFilterStartsAndAnswers(String missing) throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of(null, missing)) {
      assertQuiet(loader.run(NOTHING, 0, Map.of()));
    }
  }

  @Test
  void withoutAnyLibraryTheFilterStartsAndAnswers() throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of(null, ALL)) {
      assertThrows(
          ClassNotFoundException.class,
          () -> loader.loadClass("io.micrometer.core.instrument.Metrics"));
      assertQuiet(loader.run(NOTHING, 0, Map.of()));
    }
  }

  /** As scanners of annotations and containers of beans do with every class of a jar. */
  @ParameterizedTest
  @ValueSource(strings = {"MicrometerBridge", "OpenTelemetryBridge", "Slf4jContext"})
  void reflectionOverABridgeWorksWithoutItsLibrary(String name) throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of(null, ALL)) {
      Class<?> bridge = Class.forName(getClass().getPackageName() + "." + name, false, loader);
      assertNotNull(bridge.getDeclaredMethods());
      assertNotNull(bridge.getDeclaredFields());
      assertNotNull(bridge.getDeclaredConstructors());
      assertNotNull(bridge.getDeclaredClasses());
    }
  }

  @Test
  void aSettingThatHasNoEffectIsReported() throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of(null, ALL)) {
      List<String> log = loader.run(NOTHING, 0, Map.of("mdc", "true")).get("log");
      assertEquals(
          1, log.stream().filter(line -> line.startsWith("WARNING The setting mdc ")).count());
    }
  }

  /** The hard case: the library is the server's, and outlives the application. */
  @Test
  void theLoaderOfAStoppedApplicationIsNotKeptByMicrometer() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    try {
      assertCollected(run(() -> names(registry.getMeters()), Expected.METERS.size()));
    } finally {
      Metrics.removeRegistry(registry);
    }
  }

  @Test
  void theLoaderOfAStoppedApplicationIsNotKeptByOpenTelemetry() throws Exception {
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    try (OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build()) {
      GlobalOpenTelemetry.set(sdk);
      // Three metrics: conflicts, preconditions, replays.
      assertCollected(run(() -> names(reader.collectAllMetrics()), 3));
    } finally {
      GlobalOpenTelemetry.resetForTest();
    }
  }

  private static List<String> names(Collection<?> all) {
    return all.stream().map(Object::toString).toList();
  }

  private static WeakReference<ClassLoader> run(Supplier<List<String>> seen, int expected)
      throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of(null)) {
      Map<String, List<String>> run = loader.run(seen, expected, Map.of());
      assertEquals(expected, run.get("before").size());
      assertEquals(List.of(), run.get("after"));
      return new WeakReference<>(loader);
    }
  }

  private static void assertCollected(WeakReference<ClassLoader> loader) {
    for (int i = 0; loader.get() != null && i < MOST_COLLECTIONS; i++) {
      System.gc();
    }
    assertNull(loader.get(), "the class loader of the application is still reachable");
  }

  private static void assertQuiet(Map<String, List<String>> run) {
    List<String> loud =
        run.get("log").stream()
            .filter(line -> !line.startsWith("INFO Conflict Guard in '/app': "))
            .filter(line -> !line.startsWith("INFO conflict kind="))
            .toList();
    assertEquals(List.of(), loud);
    assertEquals(2, run.get("instances").size());
  }
}
