package io.github.conflictguard.servlet.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions of the libraries that applications have, from the oldest supported one on. */
class BridgeVersionsIT {

  private static final Path LIBRARIES =
      Path.of(System.getProperty("containers.folder")).resolveSibling("libraries");

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.9", "1.15", "1.16"})
  void everyMicrometerGetsTheMeters(String version) throws Exception {
    try (ApplicationLoader loader =
        load("micrometer-" + version, "io.micrometer.", "org.HdrHistogram.", "org.LatencyUtils.")) {
      Map<String, List<String>> run =
          loader.run("MicrometerProbe", Expected.METERS.size(), Map.of());
      assertEquals(Expected.METERS, run.get("before"));
      // Before 1.1, meters cannot be removed.
      assertEquals(version.equals("1.0") ? Expected.METERS : List.of(), run.get("after"));
    }
  }

  /** The filter is the server's, and the library the application's. */
  @Test
  void aSharedFilterUsesTheLibrariesOfTheApplication() throws Exception {
    try (ApplicationLoader server = ApplicationLoader.of(null, "io.micrometer.");
        URLClassLoader application =
            new URLClassLoader(
                ApplicationLoader.jars(LIBRARIES.resolve("micrometer-1.15")), server)) {
      Object registry =
          application
              .loadClass("io.micrometer.core.instrument.Metrics")
              .getField("globalRegistry")
              .get(null);
      Supplier<List<String>> meters = () -> meters(registry);
      Map<String, List<String>> run =
          server.run(meters, Expected.METERS.size(), Map.of(), application);
      assertEquals(Expected.METERS.size(), run.get("before").size());
      assertEquals(List.of(), run.get("after"));
    }
  }

  private static List<String> meters(Object registry) {
    try {
      List<?> all = (List<?>) registry.getClass().getMethod("getMeters").invoke(registry);
      return all.stream().map(Object::toString).toList();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.56", "1.59"})
  void everyOpenTelemetryGetsSpansAndCountersAndIsSetByTheApplication(String version)
      throws Exception {
    try (ApplicationLoader loader = load("opentelemetry-" + version, "io.opentelemetry.")) {
      Map<String, List<String>> run =
          loader.run("OpenTelemetryProbe", Expected.METERS.size() + 2, Map.of());
      List<String> instances = run.get("instances");
      assertEquals(Expected.telemetry(instances), run.get("before"));
      assertEquals(Expected.spans(instances).stream().sorted().toList(), run.get("after"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logback-1.2", "logback-1.5"})
  void theLoggingContextHasInstanceAndRuleAroundTheHandler(String folder) throws Exception {
    try (ApplicationLoader loader = load(folder, "org.slf4j.", "ch.qos.logback.")) {
      // The 412 needs internal GETs, which the application handles as well.
      Map<String, List<String>> run = loader.run("MdcProbe", 4, Map.of("mdc", "true"));
      List<String> instances = run.get("instances");
      List<String> expected =
          instances.stream()
              .flatMap(
                  instance ->
                      Stream.of(
                          "handler {conflictguard.instance="
                              + instance
                              + ", conflictguard.rule=people, user=ada}",
                          "left {user=ada}"))
              .distinct()
              .toList();
      assertEquals(expected, run.get("before").stream().distinct().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logback-1.2", "logback-1.5"})
  void withoutTheSettingTheLoggingContextIsUntouched(String folder) throws Exception {
    try (ApplicationLoader loader = load(folder, "org.slf4j.", "ch.qos.logback.")) {
      assertEquals(
          List.of("handler {user=ada}", "left {user=ada}"),
          loader.run("MdcProbe", 4, Map.of()).get("before").stream().distinct().toList());
    }
  }

  private static ApplicationLoader load(String folder, String... prefixes) throws Exception {
    return ApplicationLoader.of(LIBRARIES.resolve(folder), prefixes);
  }
}
