package io.github.conflictguard.servlet.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.ServletContext;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conflicts arrive in the libraries that the application has, and nothing stays there. */
@Tag("container")
class BridgesTest {

  private static final String LOST = "conflict.guard.lost.updates";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FilterServer server = new FilterServer();
  private boolean stopped;

  @BeforeEach
  void addRegistry() {
    Metrics.addRegistry(meters);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    stop();
    assertEquals(List.of(), meters.getMeters());
    assertEquals(List.of(), Metrics.globalRegistry.getMeters());
    Metrics.removeRegistry(meters);
  }

  private void stop() throws Exception {
    if (!stopped) {
      stopped = true;
      server.close();
    }
  }

  @Test
  void conflictsArePublishedByMicrometerUntilTheApplicationIsStopped() throws Exception {
    Map<String, List<String>> run =
        BridgeRun.run("MicrometerProbe", Expected.METERS.size(), Map.of());
    assertEquals(Expected.METERS, run.get("before"));
    assertEquals(List.of(), run.get("after"));
  }

  @Test
  void conflictsArePublishedByOpenTelemetryUntilTheApplicationIsStopped() throws Exception {
    Map<String, List<String>> run =
        BridgeRun.run("OpenTelemetryProbe", Expected.METERS.size() + 2, Map.of());
    List<String> instances = run.get("instances");
    assertEquals(Expected.telemetry(instances), run.get("before"));
    assertEquals(sorted(Expected.spans(instances)), run.get("after"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "opentelemetry"})
  void noMeterIsRegisteredWhereMicrometerIsNotATarget(String target) throws Exception {
    Map<String, List<String>> run =
        BridgeRun.run("MicrometerProbe", 0, Map.of("telemetry", target));
    assertEquals(List.of(), run.get("before"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "micrometer"})
  void noSpanIsChangedWhereOpenTelemetryIsNotATarget(String target) throws Exception {
    Map<String, List<String>> run =
        BridgeRun.run("OpenTelemetryProbe", 0, Map.of("telemetry", target));
    assertEquals(List.of(), run.get("before"));
  }

  @Test
  void aRequestToWhichNoRuleAppliesHasTheRuleOfJmx() throws Exception {
    start("protect");
    assertEquals(412, save("/other", "If-Match", "\"old\""));
    assertEquals(1, conflicts("-", "stale-version", "answered"));
    assertEquals(1, count("conflict.guard.preconditions", "rule", "-", "result", "failed"));
  }

  @Test
  void whatIsOnlyObservedIsToldFromWhatWasAnswered() throws Exception {
    start("observe");
    assertEquals(204, save("/note", "If-Match", "\"old\""));
    assertEquals(1, conflicts("notes", "stale-version", "observed"));
    assertEquals(1, count("conflict.guard.preconditions", "rule", "notes", "result", "failed"));
    assertEquals(204, save("/note"));
    assertEquals(1, count("conflict.guard.preconditions", "rule", "notes", "result", "missing"));
  }

  @Test
  void lostUpdatesAreThoseOfObservedRules() throws Exception {
    start("observe");
    String ada = login();
    String grace = login();
    server.send("GET", "/note", "Cookie", ada);
    server.send("GET", "/note", "Cookie", grace);
    assertEquals(204, save("/note", "Cookie", ada));
    assertEquals(0, count(LOST, "rule", "notes"));
    assertEquals(204, save("/note", "Cookie", grace));
    assertEquals(1, count(LOST, "rule", "notes"));
    assertTrue(meters.find(LOST).tag("rule", "-").meters().isEmpty());
  }

  @Test
  void aProtectedRuleHasNoLostUpdates() throws Exception {
    start("protect");
    assertTrue(meters.find(LOST).meters().isEmpty());
  }

  @Test
  void aRuleThatIsOffHasNoMeters() throws Exception {
    start("off");
    assertTrue(meters.find("conflict.guard.preconditions").tag("rule", "notes").meters().isEmpty());
  }

  @Test
  void retriesArePublishedFromTheFirstOneOn() throws Exception {
    GuardPolicy twice =
        GuardPolicy.builder().handler("BridgesTest.save").retry(2, 0, 0, 0, 60_000).build();
    server
        .handle(
            "/retry",
            (request, response) ->
                ConflictGuard.run(
                    twice,
                    () -> {
                      throw new SQLException("deadlock", "40001");
                    }))
        .filter(new ConflictFilter())
        .start();
    assertTrue(meters.find("conflict.guard.retries").meters().isEmpty());
    assertEquals(409, server.send("POST", "/retry").statusCode());
    server.awaitIdle();
    assertTrue(count("conflict.guard.retries", "outcome", "repeated") >= 1);
    assertTrue(count("conflict.guard.retries", "outcome", "given-up") >= 1);
    assertEquals(3, meters.find("conflict.guard.retries").meters().size());
  }

  @Test
  void twoFiltersOfOneApplicationShareTheMeters() throws Exception {
    server.filter(new ConflictFilter());
    start("protect");
    assertEquals(412, save("/note", "If-Match", "\"old\""));
    assertEquals(1, conflicts("notes", "stale-version", "answered"));
    assertEquals(1, count("conflict.guard.preconditions", "rule", "notes", "result", "failed"));
  }

  @Test
  void prometheusExposesTheCountersAlsoOfARegistryThatIsAddedLater() throws Exception {
    start("protect");
    assertEquals(412, save("/note", "If-Match", "\"old\""));
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    prometheus.config().commonTags("application", "office");
    Metrics.addRegistry(prometheus);
    try {
      String line =
          "conflict_guard_conflicts_total{application=\"office\",context=\"/app\","
              + "found=\"precondition\",kind=\"stale-version\",outcome=\"answered\","
              + "rule=\"notes\"} 1.0";
      assertTrue(prometheus.scrape().lines().anyMatch(line::equals), prometheus.scrape());
      stop();
      assertFalse(prometheus.scrape().contains("conflict_guard"), prometheus.scrape());
    } finally {
      Metrics.removeRegistry(prometheus);
    }
  }

  @Test
  void aRegistryThatFailsDisturbsNoRequestAndEndsThePublication() throws Exception {
    MeterRegistry failing =
        new SimpleMeterRegistry() {
          @Override
          protected <T> FunctionCounter newFunctionCounter(
              Meter.Id id, T counted, ToDoubleFunction<T> count) {
            if (id.getName().equals("conflict.guard.conflicts")) {
              throw new IllegalStateException("no more meters");
            }
            return super.newFunctionCounter(id, counted, count);
          }
        };
    Metrics.addRegistry(failing);
    try {
      start("protect");
      assertEquals(412, save("/note", "If-Match", "\"old\""));
      assertEquals(412, save("/note", "If-Match", "\"old\""));
      assertEquals(List.of(), failing.getMeters());
      assertTrue(meters.find("conflict.guard.preconditions").meters().isEmpty());
    } finally {
      Metrics.removeRegistry(failing);
      // The composite itself does not know the meter that only one of its registries has.
      meters.clear();
    }
  }

  @Test
  void waitsForLocksAreTimers() {
    ServletContext context = mock();
    when(context.getContextPath()).thenReturn("");
    Telemetry telemetry = Telemetry.join(context);
    telemetry.bridge(OptionalClass.MICROMETER);
    for (int millis : new int[] {20, 1500}) {
      Collision known = Collision.builder().lockWait(millis).build();
      telemetry.onLockWait(new LockWaitEvent("PUT", "/a", "/a", "notes", true, known));
    }
    FunctionTimer waits =
        meters
            .get("conflict.guard.lock.wait")
            .tags("rule", "notes", "context", "/")
            .functionTimer();
    assertEquals(2, waits.count());
    assertEquals(1520, waits.totalTime(TimeUnit.MILLISECONDS));
    telemetry.leave();
  }

  private void start(String mode) throws Exception {
    String[] text = {"{}"};
    server
        .rules(
            """
            {"rules": [{"name": "notes", "mode": "%s", "required": true, "tag": "counter",
                        "read": "/note", "write": "/note"}]}
            """
                .formatted(mode))
        .handle("/login", (request, response) -> request.getSession())
        .handle(
            "/",
            (request, response) -> {
              if (request.getMethod().equals("GET")) {
                response.setContentType("application/json");
                response.getWriter().print(text[0]);
              } else {
                text[0] = new String(request.getInputStream().readAllBytes());
                response.setStatus(204);
              }
            })
        .filter(new ConflictFilter())
        .start();
  }

  private String login() throws Exception {
    return server.send("GET", "/login").headers().firstValue("Set-Cookie").get().split(";")[0];
  }

  private int save(String path, String... headers) throws Exception {
    int status = server.sendBody("PUT", path, "{\"a\":1}", headers).statusCode();
    server.awaitIdle();
    return status;
  }

  private long conflicts(String rule, String kind, String outcome) {
    return count("conflict.guard.conflicts", "rule", rule, "kind", kind, "outcome", outcome);
  }

  private long count(String name, String... tags) {
    return (long) meters.get(name).tags(tags).functionCounter().count();
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }
}
