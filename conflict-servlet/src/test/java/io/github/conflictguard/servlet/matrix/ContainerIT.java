package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** One list for every server: the jar, dropped into a WAR, does what the README says. */
@ParameterizedClass
@MethodSource("servers")
class ContainerIT {

  private static final String JSON = "Content-Type: application/json";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String NAME = "Jiří Žluťoučký, 5 €";
  private static final String FILTER = "io.github.conflictguard.servlet.ConflictFilter";

  private static Server server;

  @Parameter ServerKind kind;
  private WireClient client;

  static List<ServerKind> servers() {
    return ServerKind.ofThisBuild();
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    client = new WireClient(server.port());
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @Test
  void aReadGetsATagAndIsAnsweredWith304() throws Exception {
    put("/lines/records/read", "{\"name\":\"first\"}");
    RawAnswer read = client.send("GET", "/lines/records/read");
    assertEquals(200, status(read));
    assertEquals("{\"name\":\"first\"}", read.text());
    String tag = tag(read);
    RawAnswer again = client.send("GET", "/lines/records/read", "If-None-Match: " + tag);
    assertEquals(304, status(again));
    assertEquals(tag, again.header("ETag"));
    put("/lines/records/read", "{\"name\":\"second\"}");
    assertEquals(200, status(client.send("GET", "/lines/records/read", "If-None-Match: " + tag)));
  }

  @Test
  void aWriteOnTheCurrentVersionIsAppliedAndAStaleOneIsRefused() throws Exception {
    String path = "/lines/records/write";
    put(path, "1");
    String tag = tag(client.send("GET", path));
    assertEquals(204, status(client.sendBody("PUT", path, "2", JSON, "If-Match: " + tag)));
    RawAnswer stale = client.sendBody("PUT", path, "3", JSON, "If-Match: " + tag);
    assertEquals(412, status(stale));
    assertIsProblem(stale, "stale-version");
    assertEquals(412, status(client.send("DELETE", path, "If-Match: " + tag)));
    assertEquals(412, status(client.sendBody("PUT", path, "3", JSON, "If-None-Match: *")));
    assertEquals("2", client.send("GET", path).text());
  }

  @Test
  void aWriteThatMakesSomethingNewIsAppliedOnce() throws Exception {
    String path = "/lines/records/new";
    assertEquals(201, status(client.sendBody("PUT", path, "1", JSON, "If-None-Match: *")));
    assertEquals(412, status(client.sendBody("PUT", path, "2", JSON, "If-None-Match: *")));
  }

  @Test
  void aDemandedPreconditionIsMissed() throws Exception {
    RawAnswer refused = client.sendBody("PUT", "/lines/strict/1", "1", JSON);
    assertEquals(428, status(refused));
    assertIsProblem(refused, "precondition-required");
  }

  @Test
  void aDuplicateKeyIsAConflict() throws Exception {
    RawAnswer conflict = client.sendBody("POST", "/lines/failing/duplicate", "1", JSON);
    assertEquals(409, status(conflict));
    assertIsProblem(conflict, "duplicate-key");
    assertFalse(conflict.text().contains("PEOPLE"));
  }

  @Test
  void aDuplicateKeyIsAConflictInTheMiddleOfAPage() throws Exception {
    RawAnswer conflict = client.sendBody("POST", "/lines/failing/duplicate-on-page", "1", JSON);
    assertEquals(409, status(conflict));
    assertIsProblem(conflict, "duplicate-key");
    RawAnswer page =
        client.sendBody("POST", "/lines/failing/duplicate-on-page", "1", "Accept: text/html");
    assertEquals(409, status(page));
    assertEquals("text/html;charset=utf-8", type(page));
    assertFalse(page.text().contains("half"));
  }

  /** As in the same application whose owner does not let the filter in. */
  @Test
  void writesToStaticFilesAreTheContainersBusiness() throws Exception {
    RawAnswer read = client.send("GET", "/refused/static.txt");
    String own = read.header("ETag") == null ? "\"none\"" : read.header("ETag");
    client.send("GET", "/jar-alone/static.txt");
    for (String value : new String[] {own, "\"x\"", "W/\"2-1\"", "5", "*"}) {
      for (String method : new String[] {"DELETE", "PUT", "POST"}) {
        int without =
            status(client.sendBody(method, "/refused/static.txt", "x", "If-Match: " + value));
        assertEquals(
            without,
            status(client.sendBody(method, "/jar-alone/static.txt", "x", "If-Match: " + value)),
            method + " " + value);
      }
    }
  }

  @Test
  void noUpdateIsLost() throws Exception {
    String path = "/lines/records/counter";
    put(path, "0");
    int writers = 16;
    int increments = 5;
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      work.add(
          () -> {
            try (WireClient own = new WireClient(server.port())) {
              for (int j = 0; j < increments; j++) {
                increment(own, path);
              }
            }
            return null;
          });
    }
    inParallel(work);
    assertEquals(String.valueOf(writers * increments), client.send("GET", path).text());
  }

  @Test
  void aFormKeepsEveryLetter() throws Exception {
    assertKeepsEveryLetter("/lines");
  }

  @Test
  void whatAnotherServletOrPageWritesGetsATagAndIsCompared() throws Exception {
    for (String way : List.of("forward", "include", "both")) {
      String path = "/lines/by/" + way;
      RawAnswer read = client.send("GET", path);
      assertEquals("{\"by\":\"page\"}", read.text().trim(), way);
      String tag = tag(read);
      assertEquals(tag, client.send("HEAD", path).header("ETag"), way);
      assertEquals(304, status(client.send("GET", path, "If-None-Match: " + tag)), way);
      assertEquals(412, status(client.sendBody("PUT", path, "", "If-Match: \"0\"")), way);
      assertEquals(204, status(client.sendBody("PUT", path, "", "If-Match: " + tag)), way);
    }
  }

  @Test
  void anAsynchronousAnswerGetsATag() throws Exception {
    for (LegacyWar war : List.of(LegacyWar.LINES, LegacyWar.JAR_ALONE)) {
      String path = war.path() + "/later";
      RawAnswer read = client.send("GET", path);
      assertEquals("{\"answered\":\"later\"}", read.text());
      assertEquals(304, status(client.send("GET", path, "If-None-Match: " + tag(read))));
    }
  }

  @Test
  void anAsynchronousDispatchIsAnsweredByTheOtherServlet() throws Exception {
    RawAnswer read = client.send("GET", "/lines/later?dispatch=/sorry");
    assertEquals(200, status(read));
    assertTrue(read.text().contains("Sorry"), read.text());
  }

  @Test
  void aDownloadIsNotHeld() throws Exception {
    int length = 50 * 1024 * 1024;
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      work.add(
          () -> {
            try (WireClient own = new WireClient(server.port())) {
              assertEquals(length, own.count("/lines/download?bytes=" + length));
            }
            return null;
          });
    }
    inParallel(work);
  }

  @Test
  void theApplicationsErrorPagesAreShown() throws Exception {
    RawAnswer status = client.send("GET", "/lines/failing/status");
    assertEquals(410, status(status));
    assertEquals("<p>Sorry: 410 for /lines/failing/status</p>", status.text());
    RawAnswer bug = client.sendBody("POST", "/lines/failing/bug", "1", JSON);
    assertEquals(500, status(bug));
    assertEquals("<p>Sorry: 500 for /lines/failing/bug</p>", bug.text());
  }

  @Test
  void aFileIsUploadedWithItsDescription() throws Exception {
    String part = "--b\r\nContent-Disposition: form-data; name=";
    String body =
        part
            + "\"name\"\r\n\r\n"
            + NAME
            + "\r\n"
            + part
            + "\"file\"; filename=\"f\"\r\n\r\n12345\r\n--b--\r\n";
    RawAnswer answer =
        client.sendBody(
            "POST", "/lines/upload", body, "Content-Type: multipart/form-data; boundary=b");
    assertEquals(NAME + ": 5", new String(answer.body(), UTF_8));
  }

  @Test
  void whoMayNotReadLearnsNothingFromAPrecondition() throws Exception {
    String path = "/lines/secret/1";
    String ada = "X-User: ada";
    assertEquals(201, status(client.sendBody("PUT", path, "1", JSON, ada, "If-None-Match: *")));
    RawAnswer refused = client.sendBody("PUT", path, "2", JSON, "If-Match: \"0\"");
    assertEquals(401, status(refused));
    assertNull(refused.header("ETag"));
    RawAnswer stale = client.sendBody("PUT", path, "2", JSON, "If-Match: \"0\"", ada);
    assertEquals(412, status(stale));
  }

  @Test
  void theFilterIsThereOnceHoweverItGotThere() throws Exception {
    for (LegacyWar war : kind.wars()) {
      boolean guarded = war.hasLines() || kind.initializes(war);
      String path = war.path() + (war == LegacyWar.BARE ? "/annotated" : "");
      RawAnswer about = client.send("GET", war.about());
      long filters = about.text().lines().filter(FILTER::equals).count();
      assertEquals(guarded ? 1 : 0, filters, war.name());
      put(path + "/records/1", "1");
      RawAnswer read = client.send("GET", path + "/records/1");
      assertEquals(guarded, read.header("ETag") != null, war.name());
      RawAnswer stale = client.sendBody("PUT", path + "/records/1", "2", "If-Match: \"0\"");
      assertEquals(guarded ? 412 : 204, status(stale), war.name());
    }
  }

  @Test
  void theFilterIsBehindThoseOfWebXmlWhenItRegistersItself() throws Exception {
    for (LegacyWar war : kind.wars()) {
      if (war != LegacyWar.BARE) {
        assertKeepsEveryLetter(war.path());
        // The lines stand in front of the login filter, so there the guard refuses first.
        RawAnswer refused = client.sendBody("PUT", war.path() + "/secret/1", "1", JSON);
        assertEquals(war.hasLines() ? 428 : 401, status(refused), war.name());
      }
    }
  }

  @Test
  void theLogSaysWhereTheFilterRegisteredItself() throws Exception {
    for (LegacyWar war : kind.wars()) {
      String line = "ConflictFilter is registered for /* in '" + war.path() + "'";
      assertEquals(kind.initializes(war), server.output().contains(line), war.name());
    }
  }

  @Test
  void aRedeployedApplicationIsGuardedAgain() throws Exception {
    assumeTrue(kind.redeploys(), kind + " deploys what it finds at its start");
    server.redeploy(LegacyWar.JAR_ALONE);
    put("/jar-alone/records/1", "1");
    RawAnswer stale = client.sendBody("PUT", "/jar-alone/records/1", "2", "If-Match: \"0\"");
    assertEquals(412, status(stale));
    assertFalse(server.output().contains("cannot be switched by JMX"));
  }

  private static void increment(WireClient client, String path) throws Exception {
    int status;
    do {
      RawAnswer read = client.send("GET", path);
      String next = String.valueOf(Integer.parseInt(read.text()) + 1);
      status = status(client.sendBody("PUT", path, next, JSON, "If-Match: " + tag(read)));
    } while (status == 412);
    assertEquals(204, status);
  }

  private void assertKeepsEveryLetter(String context) throws Exception {
    RawAnswer saved =
        client.sendBody("POST", context + "/form", "name=" + URLEncoder.encode(NAME, UTF_8), FORM);
    assertEquals(302, status(saved));
    RawAnswer page = client.send("GET", context + "/form");
    assertEquals("<p>" + NAME + "</p>", new String(page.body(), UTF_8).trim());
    assertEquals("text/html;charset=utf-8", type(page));
  }

  private void assertIsProblem(RawAnswer answer, String kindOfProblem) {
    // Undertow cannot forget a charset.
    assertEquals("application/problem+json", type(answer).replace(";charset=utf-8", ""));
    assertTrue(answer.text().contains("\"kind\":\"" + kindOfProblem + "\""), answer.text());
    assertTrue(answer.text().startsWith("{"), answer.text());
  }

  private void put(String path, String body) throws Exception {
    int status = status(client.sendBody("PUT", path, body, JSON));
    assertTrue(status == 201 || status == 204, path + ": " + status);
  }

  private static String tag(RawAnswer answer) {
    String tag = answer.header("ETag");
    assertTrue(tag != null && tag.startsWith("\""), answer + ": " + tag);
    return tag;
  }

  private static int status(RawAnswer answer) {
    return Integer.parseInt(answer.statusLine().split(" ")[1]);
  }

  private static String type(RawAnswer answer) {
    return String.valueOf(answer.header("Content-Type")).replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private static void inParallel(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
