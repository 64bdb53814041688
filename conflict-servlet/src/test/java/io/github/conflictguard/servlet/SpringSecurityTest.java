package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.security.RealSecurity;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guard behind Spring Security, which is where it belongs, and in front of it: no anonymous
 * client gets an answer of the guard in place of the login.
 */
@Tag("container")
class SpringSecurityTest {

  private static final String RULES =
      """
      {"rules": [
        {"name": "records", "key": "record/{id}", "read": "/record?id={id}",
          "write": "POST /record?id={id}", "tag": "form", "required": true,
          "forms": {"tokenIn": "query"}},
        {"name": "notes", "read": "/api/note", "write": "/api/note", "required": true},
        {"name": "counted", "read": "/api/counted", "write": "/api/counted", "tag": "counter",
          "required": true},
        {"name": "slow", "read": "/api/slow", "write": "/api/slow", "tag": "counter"}]}
      """;

  private static final String ADA = "Basic YWRhOnNlY3JldA=="; // ada:secret

  private final Logger logger = Logger.getLogger(ConflictFilter.class.getName());
  private final LogLines log = new LogLines();
  private final FilterServer server = new FilterServer();
  private final RealSecurity security = new RealSecurity();
  private final Note note = new Note("{}");
  private final Note counted = new Note("{}");
  private final Map<String, String> records = new ConcurrentHashMap<>(Map.of("1", "one"));

  enum Position {
    BEHIND,
    IN_FRONT
  }

  @BeforeEach
  void listen() {
    logger.addHandler(log);
  }

  @AfterEach
  void stop() throws Exception {
    logger.removeHandler(log);
    server.close();
    security.close();
  }

  @ParameterizedTest
  @EnumSource
  void anonymousWriteGetsTheLoginWhateverItsPrecondition(Position position) throws Exception {
    start(position);
    for (String path : List.of("/api/note", "/api/counted")) {
      assertIsLogin(server.send("PUT", path));
      assertIsLogin(server.send("PUT", path, "If-Match", "\"stale\""));
      assertIsLogin(server.send("PUT", path, "If-Match", "*"));
      assertIsLogin(server.send("PUT", path, "If-Match", "not a tag"));
      assertIsLogin(server.send("PUT", path, "If-None-Match", "*"));
      assertIsLogin(server.send("DELETE", path, "If-Match", "\"stale\""));
      assertIsLogin(server.send("PUT", path, "Authorization", "Basic YWRhOndyb25n"));
    }
    assertEquals(0, note.writes.get() + counted.writes.get());
  }

  @ParameterizedTest
  @EnumSource
  void anonymousWriteGetsTheLoginWhileItsResourceIsLocked(Position position) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    server.handle(
        "/api/slow",
        (request, response) -> {
          if (request.getMethod().equals("PUT")) {
            inside.countDown();
            assertTrue(go.await(60, TimeUnit.SECONDS));
          }
          response.setContentType("application/json");
          response.getWriter().write("{}");
        });
    start(position, Map.of("lockTimeoutMillis", "0"));
    String tag = header(server.send("GET", "/api/slow", "Authorization", ADA), "ETag");
    Thread writer =
        new Thread(
            () -> {
              try {
                server.send("PUT", "/api/slow", "Authorization", ADA, "If-Match", tag);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    try {
      assertTrue(inside.await(60, TimeUnit.SECONDS));
      assertIsLogin(server.send("PUT", "/api/slow", "If-Match", tag));
      assertEquals(
          409, server.send("PUT", "/api/slow", "Authorization", ADA, "If-Match", tag).statusCode());
    } finally {
      go.countDown();
      writer.join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anonymousFormGetsTheLogin(Position position) throws Exception {
    start(position);
    assertIsLoginOrForbidden(post("/record?id=1", "name=evil", "Accept", "text/html"));
    assertIsLoginOrForbidden(
        post("/record?id=1&_conflictguard=junk", "name=evil", "Accept", "text/html"));
    assertIsLoginOrForbidden(
        post("/record?id=1&_conflictguard_type=1", "name=evil", "Accept", "text/html"));
    assertEquals("one", records.get("1"));
  }

  @Test
  void userBehindTheLoginGetsTagsAndTheAnswersOfTheGuard() throws Exception {
    start(Position.BEHIND);
    HttpResponse<String> read = server.send("GET", "/api/note", "Authorization", ADA);
    assertEquals("{}", read.body());
    assertEquals("DENY", header(read, "X-Frame-Options"));
    String tag = header(read, "ETag");
    assertEquals(
        304,
        server.send("GET", "/api/note", "Authorization", ADA, "If-None-Match", tag).statusCode());
    assertEquals(428, server.send("PUT", "/api/note", "Authorization", ADA).statusCode());
    assertEquals(
        204,
        server
            .sendBody("PUT", "/api/note", "{\"a\":1}", "Authorization", ADA, "If-Match", tag)
            .statusCode());
    HttpResponse<String> stale =
        server.sendBody("PUT", "/api/note", "{}", "Authorization", ADA, "If-Match", tag);
    assertEquals(412, stale.statusCode());
    assertTrue(stale.body().contains("stale-version"), stale.body());
    assertEquals("{\"a\":1}", note.text());
  }

  @Test
  void userGetsTheRefusalsOfAGuardThatStandsInFront() throws Exception {
    start(Position.IN_FRONT);
    HttpResponse<String> read = server.send("GET", "/api/counted", "Authorization", ADA);
    assertEquals("{}", read.body());
    assertEquals(428, server.send("PUT", "/api/counted", "Authorization", ADA).statusCode());
    assertEquals(
        412,
        server
            .send("PUT", "/api/counted", "Authorization", ADA, "If-Match", "\"other\"")
            .statusCode());
    assertEquals(0, counted.writes.get());
  }

  @ParameterizedTest
  @EnumSource
  void formsAreSavedAndConflictPagesShownBehindTheLogin(Position position) throws Exception {
    start(position);
    String session = login();
    String page = server.send("GET", "/record?id=1", "Cookie", session).body();
    assertTrue(page.contains("value='one'"), page);
    HttpResponse<String> saved = save(session, page, "two");
    assertEquals(302, saved.statusCode(), saved.body());
    assertEquals("two", records.get("1"));
    String other = login();
    String seen = server.send("GET", "/record?id=1", "Cookie", other).body();
    assertEquals(302, save(session, page, "three").statusCode());
    HttpResponse<String> stale = save(other, seen, "four");
    assertEquals(412, stale.statusCode(), () -> stale.headers() + stale.body() + records);
    assertEquals("three", records.get("1"));
  }

  @ParameterizedTest
  @EnumSource
  void positionIsReportedWhereItIsNotTheRecommendedOne(Position position) throws Exception {
    start(position);
    server.send("GET", "/api/note", "Authorization", ADA);
    assertEquals(
        position == Position.IN_FRONT,
        log.lines.stream().anyMatch(line -> line.endsWith("[security-after-guard]")),
        log.lines::toString);
  }

  private void start(Position position) throws Exception {
    start(position, Map.of());
  }

  private void start(Position position, Map<String, String> settings) throws Exception {
    server.attribute(RealSecurity.ATTRIBUTE, security.context());
    if (position == Position.IN_FRONT) {
      server.filter(new ConflictFilter(), settings);
    }
    // Not the name that Spring Security's documentation uses.
    server.filter(security.filter(), Map.of("targetBeanName", "springSecurityFilterChain"));
    if (position == Position.BEHIND) {
      server.filter(new ConflictFilter(), settings);
    }
    server
        .rules(RULES)
        .handle("/api/note", note)
        .handle("/api/counted", counted)
        .handle("/record", security.page(records))
        .withDefaultServlet()
        .start();
  }

  private String login() throws Exception {
    HttpResponse<String> form = server.send("GET", "/login");
    String before = header(form, "Set-Cookie").replaceAll(";.*", "");
    HttpResponse<String> answer =
        post(
            "/login",
            "username=ada&password=secret&_csrf=" + encoded(field(form.body(), "_csrf")),
            "Cookie",
            before);
    assertEquals(302, answer.statusCode(), answer.body());
    assertFalse(header(answer, "Location").contains("error"), header(answer, "Location"));
    return header(answer, "Set-Cookie").replaceAll(";.*", "");
  }

  private HttpResponse<String> save(String session, String page, String name) throws Exception {
    Matcher action = Pattern.compile("action='/app([^']+)'").matcher(page);
    assertTrue(action.find(), page);
    return post(
        action.group(1).replace("&amp;", "&"),
        "name=" + name + "&_csrf=" + encoded(field(page, "_csrf")),
        "Cookie",
        session,
        "Accept",
        "text/html");
  }

  private HttpResponse<String> post(String path, String body, String name, String value)
      throws Exception {
    return post(path, body, name, value, "X-None", "1");
  }

  private HttpResponse<String> post(
      String path, String body, String name, String value, String other, String otherValue)
      throws Exception {
    return server.sendBody(
        "POST",
        path,
        body,
        "Content-Type",
        "application/x-www-form-urlencoded",
        name,
        value,
        other,
        otherValue);
  }

  private static void assertIsLogin(HttpResponse<String> answer) {
    assertTrue(List.of(401, 302).contains(answer.statusCode()), answer + answer.body());
    assertFalse(answer.body().contains("conflictguard"), answer.body());
  }

  /** Without a session there is no CSRF token, which is looked at first. */
  private static void assertIsLoginOrForbidden(HttpResponse<String> answer) {
    assertTrue(List.of(401, 302, 403).contains(answer.statusCode()), answer + answer.body());
    assertFalse(answer.body().contains("tag:conflictguard"), answer.body());
    assertFalse(answer.body().contains("value="), answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String field(String page, String name) {
    Matcher field =
        Pattern.compile("name=[\"']" + name + "[\"'][^>]*value=[\"']([^\"']+)[\"']").matcher(page);
    assertTrue(field.find(), () -> name + " is not in " + page);
    return field.group(1);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
