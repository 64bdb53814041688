package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However often an application is replaced while it works, nothing is left of those before. */
@Tag("heavy")
class RedeployIT {

  private static final String AGENT = "-javaagent:" + Path.of(System.getProperty("agent.jar"));
  private static final int TIMES = Integer.getInteger("redeploys");

  /** What is reachable through soft references alone is no leak. */
  private static final String NO_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

  private static final String RECORDING = "-XX:StartFlightRecording";

  private static final Pattern LOADERS =
      Pattern.compile(".*\\.(ParallelWebappClassLoader|WebAppClassLoader)");
  private static final Pattern FILTERS =
      Pattern.compile("io\\.github\\.conflictguard\\.servlet\\.ConflictFilter");
  private static final Pattern METERS =
      Pattern.compile("io\\.micrometer\\..*\\.CompositeFunctionCounter");
  private static final Pattern TRANSFORMERS =
      Pattern.compile("sun\\.instrument\\.TransformerManager\\$TransformerInfo");

  /** A thread that ends idle helpers of the JDK waits for a minute before it ends itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Servers at the same time: they wait most of the time until they look for new files. */
  private static final int AT_A_TIME = 8;

  private static final ExecutorService POOL = Executors.newFixedThreadPool(AT_A_TIME);
  private static final Map<String, Future<?>> RUNS = new HashMap<>();

  static List<ServerKind> servers() {
    return Stream.of(System.getProperty("redeploy.servers").trim().split("[,\\s]+"))
        .map(ServerKind::valueOf)
        .toList();
  }

  /** All of them run while the first test waits. */
  @BeforeAll
  static void startAll() {
    for (ServerKind kind : servers()) {
      start("weaves itself", kind, RedeployIT::redeployWhatWeavesItself);
      start("agent", kind, RedeployIT::redeployWithAgent);
    }
    for (ServerKind kind : List.of(ServerKind.TOMCAT_9, ServerKind.TOMCAT_11)) {
      start("shared", kind, RedeployIT::redeployWithSharedLibraries);
    }
    POOL.shutdown();
  }

  private static void start(String run, ServerKind kind, Run redeploys) {
    RUNS.put(
        run + " " + kind,
        POOL.submit(
            () -> {
              redeploys.of(kind);
              return null;
            }));
  }

  @AfterAll
  static void stopAll() throws InterruptedException {
    // Servers of runs for which no test has waited end, too.
    POOL.shutdownNow();
    assertTrue(POOL.awaitTermination(2, TimeUnit.MINUTES));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void nothingIsLeftWithAnAgent(ServerKind kind) throws Exception {
    awaitEnd("agent", kind);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void nothingIsLeftOfWhatWeavesItself(ServerKind kind) throws Exception {
    awaitEnd("weaves itself", kind);
  }

  /**
   * What the applications register in the libraries of the server is removed with them, while their
   * monitor is used and the JVM records its events.
   */
  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_9", "TOMCAT_11"})
  void nothingIsLeftInSharedLibraries(ServerKind kind) throws Exception {
    awaitEnd("shared", kind);
  }

  private static void awaitEnd(String run, ServerKind kind) throws Exception {
    try {
      RUNS.get(run + " " + kind).get();
    } catch (ExecutionException e) {
      throw new AssertionError(
          run + " on " + kind + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  private static void redeployWithAgent(ServerKind kind) throws Exception {
    assertNothingIsLeft(
        kind, List.of(NO_SOFT_REFERENCES, AGENT), GuardedWar.AGENT, LegacyWar.LINES);
  }

  private static void redeployWhatWeavesItself(ServerKind kind) throws Exception {
    assertNothingIsLeft(
        kind,
        List.of(NO_SOFT_REFERENCES),
        GuardedWar.ATTACH,
        GuardedWar.CONTAINER,
        LegacyWar.LINES);
  }

  private static void redeployWithSharedLibraries(ServerKind kind) throws Exception {
    List<Path> shared = new ArrayList<>();
    for (String folder : List.of("micrometer-1.15", "opentelemetry-1.59")) {
      Path libraries = Path.of(System.getProperty("containers.folder")).resolveSibling("libraries");
      try (Stream<Path> jars = Files.list(libraries.resolve(folder))) {
        shared.addAll(jars.toList());
      }
    }
    assertNothingIsLeft(
        Server.startWithShared(
            kind, shared, List.of(MonitorWar.TOKEN), List.of(NO_SOFT_REFERENCES, RECORDING)),
        true,
        MonitorWar.TOKEN);
  }

  private static void assertNothingIsLeft(ServerKind kind, List<String> options, War... wars)
      throws Exception {
    assertNothingIsLeft(Server.start(kind, List.of(wars), options), false, wars);
  }

  private static void assertNothingIsLeft(Server started, boolean metered, War... wars)
      throws Exception {
    try (Server server = started;
        ServerInside inside = server.inside()) {
      serve(server, wars);
      assertEquals(wars.length, inside.count(LOADERS));
      long transformers = inside.count(TRANSFORMERS);
      long meters = inside.count(METERS);
      assertEquals(metered, meters > 0);
      Set<String> threads = inside.threads();
      for (int i = 0; i < TIMES; i++) {
        server.redeploy(wars);
        serve(server, wars);
      }
      awaitOnly(wars.length, LOADERS, inside);
      assertEquals(wars.length, inside.count(FILTERS));
      assertEquals(wars.length, inside.beans("io.github.conflictguard:*"));
      assertEquals(transformers, inside.count(TRANSFORMERS));
      assertEquals(meters, inside.count(METERS));
      Set<String> left = inside.threads();
      left.removeAll(threads);
      assertEquals(Set.of(), left);
      if (metered) {
        Path file = Files.createTempDirectory("recording").resolve("events.jfr");
        long conflicts = inside.recorded("io.github.conflictguard.Conflict", file);
        assertTrue(conflicts > TIMES, conflicts + " events");
      }
    }
  }

  private static void serve(Server server, War... wars) throws Exception {
    try (WireClient client = new WireClient(server.port())) {
      for (War war : wars) {
        if (war == LegacyWar.LINES) {
          serveRecords(client, war.path());
        } else if (war == MonitorWar.TOKEN) {
          serveRecords(client, war.path());
          useMonitor(client, war.path() + "/conflict-guard/");
        } else {
          serveStock(client, war.path());
        }
      }
    }
  }

  /** Conflicts that the application would swallow, if its methods were not guarded. */
  private static void serveStock(WireClient client, String path) throws Exception {
    assertStatus(409, client.send("POST", path + "/stock/annotated"));
    client.sendBody("PUT", path + "/stock/own", "", "If-Match: *");
  }

  /** Reads, writes, conflicts, an answer of another thread, and a form. */
  private static void serveRecords(WireClient client, String path) throws Exception {
    String record = path + "/records/1";
    assertStatus(201, client.sendBody("PUT", record, "1"));
    String tag = client.send("GET", record).header("ETag");
    assertStatus(304, client.send("GET", record, "If-None-Match: " + tag));
    assertStatus(204, client.sendBody("PUT", record, "2", "If-Match: " + tag));
    assertStatus(412, client.sendBody("PUT", record, "3", "If-Match: " + tag));
    assertStatus(409, client.send("POST", path + "/failing/duplicate"));
    assertStatus(200, client.send("GET", path + "/later"));
    String form = "Content-Type: application/x-www-form-urlencoded";
    assertStatus(302, client.sendBody("POST", path + "/form", "name=Ada", form));
    // The next deployment begins without it, and so does the next round of this one.
    assertStatus(204, client.send("DELETE", record));
  }

  /** All pages, as a browser that stays signed in, and as a program that polls. */
  private static void useMonitor(WireClient client, String home) throws Exception {
    String form = "Content-Type: application/x-www-form-urlencoded";
    RawAnswer signedIn =
        client.sendBody("POST", home + "sign-in", "token=" + MonitorWar.SECRET, form);
    assertStatus(303, signedIn);
    String cookie = "Cookie: " + signedIn.header("Set-Cookie").split(";", 2)[0];
    for (String page :
        List.of(
            "",
            "conflicts",
            "worklist",
            "resources",
            "pairs",
            "prediction",
            "advice",
            "rules",
            "findings",
            "settings",
            "about",
            "report",
            "metrics")) {
      assertStatus(200, client.send("GET", home + page, cookie));
    }
    String bearer = "Authorization: Bearer " + MonitorWar.SECRET;
    String tag = client.send("GET", home + "?format=json", bearer).header("ETag");
    assertStatus(304, client.send("GET", home + "?format=json", bearer, "If-None-Match: " + tag));
  }

  private static void awaitOnly(long expected, Pattern classes, ServerInside inside)
      throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    long count = inside.count(classes);
    while (count != expected && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      count = inside.count(classes);
    }
    assertEquals(expected, count, classes + " in the heap");
  }

  private static void assertStatus(int status, RawAnswer answer) {
    assertEquals("HTTP/1.1 " + status, answer.statusLine().trim().substring(0, 12));
  }

  /** Redeploys the applications of one server, and looks for what is left. */
  private interface Run {

    void of(ServerKind kind) throws Exception;
  }
}
