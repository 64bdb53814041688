package io.github.conflictguard.servlet.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.LogLines;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees the monitor, and what everyone else sees in its place. */
@Tag("container")
class MonitorAccessTest {

  private static final List<String> PATHS =
      List.of(
          "/conflict-guard",
          "/conflict-guard/",
          "/conflict-guard/conflicts?format=json",
          "/conflict-guard/metrics",
          "/conflict-guard/nothing");

  private final MonitoredOffice office = new MonitoredOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @ParameterizedTest
  @CsvSource({"monitor, off", "monitor, role:operator", "monitor, user:ada", "mode, protect"})
  void withoutAccessEveryByteIsThatOfTheApplication(String setting, String value) throws Exception {
    office.start(setting, value);
    try (FilterServer plain = new FilterServer()) {
      new MonitoredOffice().application(plain).start();
      for (String path : PATHS) {
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "DELETE")) {
          assertEquals(
              exchange(plain, method, path),
              exchange(office.server, method, path),
              method + " " + path);
        }
      }
    }
  }

  private static String exchange(FilterServer server, String method, String path) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer answer =
          client
              .ask(method, path, "HTTP/1.1", "User: bob", "Role: clerk", "Content-Length: 0")
              .answer(method);
      List<String> headers =
          answer.headers().stream()
              .filter(line -> !line.startsWith("Date:"))
              .map(line -> line.replaceAll(":" + server.port(), ":PORT"))
              .toList();
      return answer.statusLine() + headers + answer.text();
    }
  }

  @Test
  void roleAndUserOfTheApplicationOpenTheMonitor() throws Exception {
    office.start("monitor", "role:admin,operator");
    assertEquals(200, get("Role", "operator").statusCode());
    assertEquals(404, get("Role", "clerk").statusCode());
    assertEquals(404, get("Authorization", "Bearer operator").statusCode());
  }

  @Test
  void userOpensTheMonitor() throws Exception {
    office.start("monitor", "user:ada");
    assertEquals(200, get("User", "ada").statusCode());
    assertEquals(404, get("User", "Ada").statusCode());
    assertEquals(404, get().statusCode());
  }

  @Test
  void userOfTheNameNullIsNoOneWithoutALogin() throws Exception {
    office.start("monitor", "user:null");
    assertEquals(404, get().statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-User", "X-Remote-User"})
  void headersThatClaimAnAddressOrAUserOpenNothing(String header) throws Exception {
    office.start("monitor", "user:ada");
    for (String value : List.of("127.0.0.1", "ada", "for=127.0.0.1", "::1")) {
      assertEquals(404, get(header, value).statusCode());
    }
  }

  @Test
  void withoutTheTokenThereIsOnlyThePageThatRequiresIt() throws Exception {
    office.startWithToken();
    for (String path : List.of("/", "/conflicts", "/metrics", "/report", "/change")) {
      HttpResponse<String> answer = office.server.send("GET", "/conflict-guard" + path);
      assertEquals(401, answer.statusCode());
      assertTrue(answer.body().contains("name=\"token\""), answer.body());
      assertFalse(answer.body().contains("orders"), answer.body());
      assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    }
  }

  @Test
  void tokenBeginsASessionWhoseCookieOnlyTheMonitorGets() throws Exception {
    office.startWithToken();
    HttpResponse<String> answer = office.signIn(MonitoredOffice.TOKEN);
    assertEquals(303, answer.statusCode());
    assertEquals("./", answer.headers().firstValue("Location").orElseThrow());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(
        cookie.matches(
            "conflictguard-monitor=[A-Za-z0-9_-]{43}; Path=/app/conflict-guard; Max-Age=28800;"
                + " HttpOnly; SameSite=Strict"),
        cookie);
    assertEquals(200, get("Cookie", cookie.split(";")[0]).statusCode());
    assertEquals(401, get("Cookie", "conflictguard-monitor=x").statusCode());
    assertEquals(401, get("Cookie", "conflictguard-monitor=").statusCode());
  }

  @Test
  void sessionEndsWhereItsOwnerSignsOut() throws Exception {
    office.startWithToken();
    String cookie = office.signIn();
    assertEquals(403, office.post("sign-out", "formToken=x", "Cookie", cookie).statusCode());
    assertEquals(200, get("Cookie", cookie).statusCode());
    String formToken = office.formToken("", "Cookie", cookie);
    assertEquals(
        303, office.post("sign-out", "formToken=" + formToken, "Cookie", cookie).statusCode());
    assertEquals(401, get("Cookie", cookie).statusCode());
  }

  @Test
  void tokenInTheHeaderOpensThePagesForPrograms() throws Exception {
    office.startWithToken();
    assertEquals(200, get("Authorization", "Bearer " + MonitoredOffice.TOKEN).statusCode());
    assertEquals(200, get("Authorization", "bearer  " + MonitoredOffice.TOKEN).statusCode());
    assertEquals(401, get("Authorization", "Basic " + MonitoredOffice.TOKEN).statusCode());
    assertEquals(401, get("Authorization", MonitoredOffice.TOKEN).statusCode());
  }

  @Test
  void tokenInTheAddressOpensNothing() throws Exception {
    office.startWithToken();
    String query = "?token=" + MonitoredOffice.TOKEN;
    assertEquals(401, office.server.send("GET", "/conflict-guard/" + query).statusCode());
    assertEquals(401, office.post("sign-in" + query, "x=y").statusCode());
    assertEquals(
        401, office.post("sign-in" + query, "token=" + MonitoredOffice.TOKEN).statusCode());
  }

  /** A gateway may send a token of its own with each request. */
  @Test
  void wrongTokensInHeadersKeepNobodyFromSigningIn() throws Exception {
    office.startWithToken();
    for (int i = 0; i < 6; i++) {
      get("Authorization", "Bearer of-the-application");
    }
    assertEquals(303, office.signIn(MonitoredOffice.TOKEN).statusCode());
  }

  @Test
  void fiveWrongTokensAreAllThatAMinuteHasForAllClientsTogether() throws Exception {
    office.startWithToken();
    String cookie = office.signIn();
    for (int i = 0; i < 5; i++) {
      assertEquals(401, office.signIn("wrong-" + i).statusCode());
    }
    HttpResponse<String> right = office.signIn(MonitoredOffice.TOKEN);
    assertEquals(429, right.statusCode());
    assertEquals("60", right.headers().firstValue("Retry-After").orElseThrow());
    for (int i = 0; i < 5; i++) {
      assertEquals(401, get("Authorization", "Bearer wrong-" + i).statusCode());
    }
    assertEquals(429, get("Authorization", "Bearer " + MonitoredOffice.TOKEN).statusCode());
    assertEquals(200, get("Cookie", cookie).statusCode(), "a session that exists goes on");
    assertEquals(401, get().statusCode(), "without a try there is nothing to limit");
  }

  @Test
  void generatedTokenIsLoggedOnceAndNotAsAnAddress() throws Exception {
    LogLines log = new LogLines();
    Logger logger = Logger.getLogger(ConflictFilter.class.getName());
    logger.addHandler(log);
    try {
      office.start("monitor", "token");
    } finally {
      logger.removeHandler(log);
    }
    List<String> lines = log.lines.stream().filter(line -> line.contains("this token")).toList();
    assertEquals(1, lines.size());
    String token = lines.get(0).substring(lines.get(0).lastIndexOf(' ') + 1);
    assertEquals(43, token.length(), "32 bytes");
    assertFalse(lines.get(0).contains("?"), lines.get(0));
    assertEquals(303, office.signIn(token).statusCode());
  }

  @Test
  void configuredTokenIsInNoLineOfTheLogAndOnNoPage() throws Exception {
    LogLines log = new LogLines();
    Logger logger = Logger.getLogger(ConflictFilter.class.getName());
    logger.addHandler(log);
    try {
      office.startWithToken();
      for (String page : List.of("", "settings", "about", "settings?format=json", "report")) {
        assertFalse(office.get(page).body().contains(MonitoredOffice.TOKEN), page);
      }
    } finally {
      logger.removeHandler(log);
    }
    assertFalse(log.lines.toString().contains(MonitoredOffice.TOKEN));
  }

  @Test
  void requestsForTheMonitorAreNotCounted() throws Exception {
    office.startWithToken("requirePrecondition", "/*");
    for (int i = 0; i < 3; i++) {
      assertEquals(200, office.get("rules?format=json").statusCode());
      assertEquals(303, office.signIn(MonitoredOffice.TOKEN).statusCode());
    }
    office.server.awaitIdle();
    assertEquals(0L, jmx("SeenRequests"));
    assertEquals(0L, jmx("BypassingRequests"));
  }

  @Test
  void monitorIsThereWhileTheFilterIsSwitchedOff() throws Exception {
    office.startWithToken("enabled", "false");
    HttpResponse<String> page = office.get("");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("switched off"), page.body());
  }

  @Test
  void everyAnswerHasTheHeadersThatProtectIt() throws Exception {
    office.startWithToken();
    String style = office.get("").body().replaceAll("(?s).*href=\"(monitor-[^\"]+)\".*", "$1");
    for (String page : List.of("", "conflicts", "rules?format=json", "metrics", "none", style)) {
      HttpResponse<String> answer = office.get(page);
      assertEquals(
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src"
              + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          header(answer, "Content-Security-Policy"));
      assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
      assertEquals("same-origin", header(answer, "Referrer-Policy"));
      assertEquals("same-origin", header(answer, "Cross-Origin-Opener-Policy"));
      assertEquals(
          page.equals(style) ? "private, max-age=31536000, immutable" : "no-store",
          header(answer, "Cache-Control"));
    }
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    office.startWithToken();
    for (String method : List.of("PUT", "DELETE", "OPTIONS", "PATCH")) {
      HttpResponse<String> answer =
          office.server.send(
              method, "/conflict-guard/rules", "Authorization", "Bearer " + MonitoredOffice.TOKEN);
      assertEquals(405, answer.statusCode(), method);
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private HttpResponse<String> get(String... headers) throws Exception {
    return office.server.send("GET", "/conflict-guard/", headers);
  }

  private static Object jmx(String attribute) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.github.conflictguard:type=ConflictFilter,*");
    return beans.getAttribute(beans.queryNames(name, null).iterator().next(), attribute);
  }
}
