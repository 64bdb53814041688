package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An idempotency key belongs to one client: others with the same key have another one. */
@Tag("container")
class IdempotencyKeyScopeTest {

  private final AtomicInteger executed = new AtomicInteger();
  private final FilterServer server = new FilterServer();
  private volatile boolean refusing;
  private volatile boolean refusingReads;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Api-Key", "X-Auth-Token", "X-User", "User-Agent"})
  void sameKeyAndContentOfAnotherClientIsExecuted(String header) throws Exception {
    start();
    assertExecuted(post("{}", header, "one"));
    assertExecuted(post("{}", header, "two"));
    assertExecuted(post("{}"));
    assertRepeated(post("{}", header, "one"), 1);
    assertRepeated(post("{}", header, "two"), 2);
    assertEquals(3, executed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Api-Key", "X-User"})
  void otherContentOfAnotherClientTellsNothingOfTheKey(String header) throws Exception {
    start();
    assertExecuted(post("{}", header, "one"));
    assertExecuted(post("{\"n\":1}", header, "two"));
  }

  @Test
  void userHasTheSameKeysInEachSessionAndWithEachToken() throws Exception {
    start();
    assertExecuted(post("{}", "X-User", "ada", "Authorization", "Bearer 1"));
    assertRepeated(post("{}", "X-User", "ada", "Authorization", "Bearer 2"), 1);
    String session = cookie(server.send("POST", "/session", "Idempotency-Key", "s"));
    assertRepeated(post("{}", "X-User", "ada", "Cookie", session), 1);
    assertExecuted(post("{}", "X-User", "bob", "Cookie", session));
  }

  /** One account of the container for all users of an application that has its own login. */
  @Test
  void loginsOfAnApplicationDoNotShareTheKeysOfTheirAccount() throws Exception {
    start();
    String ada = cookie(server.send("POST", "/login-as?ada", "Idempotency-Key", "s"));
    String bob = cookie(server.send("POST", "/login-as?bob", "Idempotency-Key", "t"));
    String again = cookie(server.send("POST", "/login-as?ada", "Idempotency-Key", "u"));
    assertExecuted(post("{}", "X-User", "pool", "Cookie", ada));
    assertExecuted(post("{}", "X-User", "pool", "Cookie", bob));
    assertRepeated(post("{}", "X-User", "pool", "Cookie", again), 1);
    assertRepeated(post("{}", "X-User", "pool", "Cookie", bob), 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-User", "Authorization", "X-None"})
  void tenantsByHostDoNotShareKeys(String header) throws Exception {
    start();
    assertExecuted(post("{}", header, "ada", "X-Tenant", "a.example"));
    assertExecuted(post("{}", header, "ada", "X-Tenant", "b.example"));
    assertRepeated(post("{}", header, "ada", "X-Tenant", "A.example"), 1);
  }

  @Test
  void sessionThatAFilterInFrontStartsForEachRequestIsNoClient() throws Exception {
    start();
    assertExecuted(post("{}", "X-New-Session", "yes"));
    assertRepeated(post("{}", "X-New-Session", "yes"), 1);
  }

  @Test
  void sessionThatTheRequestStartsDoesNotChangeTheClient() throws Exception {
    start();
    String session = cookie(server.sendBody("POST", "/session", "{}", "Idempotency-Key", "k"));
    HttpResponse<String> lost = server.sendBody("POST", "/session", "{}", "Idempotency-Key", "k");
    assertRepeated(lost, 1);
    assertEquals("", lost.headers().firstValue("Set-Cookie").orElse(""));
    HttpResponse<String> received =
        server.sendBody("POST", "/session", "{}", "Idempotency-Key", "k", "Cookie", session);
    assertRepeated(received, 1);
  }

  /** The response to a login is not for those who have only seen the request. */
  @Test
  void requestThatLogsInIsNotRepeatedToTheClientBefore() throws Exception {
    start();
    String session = cookie(server.sendBody("POST", "/session", "{}", "Idempotency-Key", "s"));
    String[] headers = {"Idempotency-Key", "k", "Cookie", session};
    assertEquals(200, server.sendBody("POST", "/login", "{}", headers).statusCode());
    assertRepeated(server.sendBody("POST", "/login", "{}", headers), 2);
    assertEquals(200, server.send("GET", "/logout", "Cookie", session).statusCode());
    HttpResponse<String> before = server.sendBody("POST", "/login", "{}", headers);
    assertEquals(409, before.statusCode());
    assertEquals(true, before.body().contains("already-applied"), before.body());
    assertEquals(2, executed.get());
  }

  /** Where a filter in front decides on access, it decides on each repetition. */
  @Test
  void userWhoseAccessWasRevokedGetsNoStoredResponse() throws Exception {
    start();
    assertExecuted(post("{}", "X-User", "ada"));
    refusing = true;
    HttpResponse<String> refused = post("{}", "X-User", "ada");
    assertEquals(403, refused.statusCode());
    assertEquals("", refused.headers().firstValue("Idempotent-Replayed").orElse(""));
  }

  /** Where the application itself verifies tokens, the filter cannot: it learns from refusals. */
  @Test
  void clientThatTheApplicationHasRefusedSinceGetsNoStoredResponse() throws Exception {
    start();
    String[] ada = {"Authorization", "Bearer ada"};
    assertExecuted(post("{}", ada));
    assertRepeated(post("{}", ada), 1);
    assertEquals(401, server.send("GET", "/refusing", ada).statusCode());
    HttpResponse<String> refused = post("{}", ada);
    assertEquals(409, refused.statusCode());
    assertEquals(true, refused.body().contains("already-applied"), refused.body());
    assertEquals(1, executed.get());
  }

  @Test
  void applicationThatRefusesTheReadRefusesTheRepetition() throws Exception {
    start();
    String[] ada = {"Idempotency-Key", "k", "Authorization", "Bearer ada"};
    assertExecuted(server.sendBody("PUT", "/read/1", "{}", ada));
    assertRepeated(server.sendBody("PUT", "/read/1", "{}", ada), 1);
    refusingReads = true;
    HttpResponse<String> refused = server.sendBody("PUT", "/read/1", "{}", ada);
    assertEquals(401, refused.statusCode());
    assertEquals("", refused.headers().firstValue("Idempotent-Replayed").orElse(""));
    assertEquals(1, executed.get());
  }

  private void start() throws Exception {
    Filter login =
        (request, response, chain) -> {
          HttpServletRequest http = (HttpServletRequest) request;
          String user = http.getHeader("X-User");
          if (http.getHeader("X-New-Session") != null) {
            http.getSession();
          }
          if (refusing) {
            ((jakarta.servlet.http.HttpServletResponse) response).sendError(403);
            return;
          }
          String tenant = http.getHeader("X-Tenant");
          HttpServletRequest named = tenant == null ? http : at(http, tenant);
          chain.doFilter(user == null ? named : as(named, user), response);
        };
    server
        .rules(
            """
            {"rules": [
              {"name": "read", "read": "/read/{id}", "write": "/read/{id}",
               "idempotencyKey": "accepted"},
              {"name": "all", "write": "/*", "tag": "none", "idempotencyKey": "required"}
            ]}
            """)
        .filter(login)
        .filter(new ConflictFilter(), Map.of())
        .handle("/refusing", (request, response) -> response.setStatus(401))
        .handle(
            "/read/*",
            (request, response) -> {
              if (!request.getMethod().equals("GET")) {
                response.getWriter().print("executed " + executed.incrementAndGet());
              } else if (refusingReads) {
                response.setStatus(401);
                response.setHeader("WWW-Authenticate", "Bearer");
              } else {
                response.setContentType("text/plain");
                response.getWriter().print("read");
              }
            })
        .handle(
            "/session",
            (request, response) -> {
              request.getSession();
              response.getWriter().print("executed " + executed.incrementAndGet());
            })
        .handle(
            "/login",
            (request, response) -> {
              request.getSession().setAttribute("user", "ada");
              response.getWriter().print("executed " + executed.incrementAndGet());
            })
        .handle(
            "/login-as",
            (request, response) ->
                request.getSession().setAttribute("user", request.getQueryString()))
        .handle("/logout", (request, response) -> request.getSession().removeAttribute("user"))
        .handle(
            "/*",
            (request, response) ->
                response.getWriter().print("executed " + executed.incrementAndGet()))
        .start();
  }

  private static HttpServletRequest at(HttpServletRequest request, String host) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getServerName() {
        return host;
      }
    };
  }

  private static HttpServletRequest as(HttpServletRequest request, String user) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getRemoteUser() {
        return user;
      }

      @Override
      public Principal getUserPrincipal() {
        return () -> user;
      }
    };
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Idempotency-Key";
    all[headers.length + 1] = "k";
    return server.sendBody("POST", "/orders", body, all);
  }

  private void assertExecuted(HttpResponse<String> response) {
    assertEquals(200, response.statusCode(), response.body());
    assertEquals("executed " + executed.get(), response.body());
    assertEquals("", response.headers().firstValue("Idempotent-Replayed").orElse(""));
  }

  private static void assertRepeated(HttpResponse<String> response, int number) {
    assertEquals("executed " + number, response.body());
    assertEquals("true", response.headers().firstValue("Idempotent-Replayed").orElse(""));
  }

  private static String cookie(HttpResponse<String> response) {
    return response.headers().firstValue("Set-Cookie").orElse("").split(";")[0];
  }
}
