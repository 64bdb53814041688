package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 13.1.1: a client that repeats its own write has not been overtaken by anybody. */
@Tag("container")
class ReplayTest {

  private final AtomicInteger writes = new AtomicInteger();
  private volatile String text = "old";
  private final FilterServer server = new FilterServer();
  private String cookie = "";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "counter"})
  void theSameWriteOfTheSameSessionGetsTheSameAnswer(String source) throws Exception {
    start(source, Map.of());
    String tag = tag();
    HttpResponse<String> first = put("Ärger", tag, "Cookie", cookie);
    HttpResponse<String> second = put("Ärger", tag, "Cookie", cookie);
    assertEquals(200, first.statusCode());
    assertEquals(200, second.statusCode());
    assertEquals("true", header(second, "Idempotent-Replayed"));
    assertEquals("", header(first, "Idempotent-Replayed"));
    assertEquals("stored Ärger", second.body());
    assertEquals(first.body(), second.body());
    for (String name : new String[] {"Content-Type", "X-Stored", "Content-Length"}) {
      assertEquals(header(first, name), header(second, name), name);
    }
    assertEquals(1, writes.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "counter"})
  void whoWasOvertakenInTheMeantimeIsTold(String source) throws Exception {
    start(source, Map.of());
    String tag = tag();
    assertEquals(200, put("mine", tag, "Cookie", cookie).statusCode());
    assertEquals(200, put("theirs", tag()).statusCode());
    assertEquals(412, put("mine", tag, "Cookie", cookie).statusCode());
    assertEquals("theirs", text);
  }

  @Test
  void anotherWriteIsNoRepetition() throws Exception {
    start("body", Map.of());
    String tag = tag();
    assertEquals(200, put("mine", tag, "Cookie", cookie).statusCode());
    assertEquals(412, put("mine!", tag, "Cookie", cookie).statusCode());
    assertEquals(412, put("mine", tag).statusCode(), "nobody knows who that is");
    assertEquals(412, put("mine", tag + ", \"x\"", "Cookie", cookie).statusCode());
    assertEquals(1, writes.get());
  }

  @Test
  void aKeyOfTheClientsOwnTellsItFromOthersToo() throws Exception {
    start("body", Map.of());
    String tag = tag();
    assertEquals(200, put("mine", tag, "Idempotency-Key", "1").statusCode());
    assertEquals(412, put("mine", tag, "Idempotency-Key", "2").statusCode());
    assertEquals("true", header(put("mine", tag, "Idempotency-Key", "1"), "Idempotent-Replayed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Auth-Token", "X-Api-Key", "Cookie"})
  void theSameKeyOfAnotherClientGetsNothing(String header) throws Exception {
    start("body", Map.of());
    String tag = tag();
    String[] one = {"Idempotency-Key", "1", header, "token=one"};
    assertEquals(200, put("mine", tag, one).statusCode());
    assertEquals(412, put("mine", tag, "Idempotency-Key", "1").statusCode());
    assertEquals(412, put("mine", tag, "Idempotency-Key", "1", header, "token=two").statusCode());
    assertEquals("true", header(put("mine", tag, one), "Idempotent-Replayed"));
    assertEquals(1, writes.get());
  }

  @Test
  void authorizationSufficesForPutAndDelete() throws Exception {
    start("body", Map.of());
    String tag = tag();
    String[] ada = {"Authorization", "Bearer ada"};
    assertEquals(200, put("mine", tag, ada).statusCode());
    assertEquals("true", header(put("mine", tag, ada), "Idempotent-Replayed"));
    assertEquals(412, put("mine", tag, "Authorization", "Bearer bob").statusCode());
    assertEquals(412, put("mine", tag).statusCode());
    assertEquals(412, put("other", tag, ada).statusCode());
    assertEquals(1, writes.get());
    String[] delete = {"If-Match", tag(), "Authorization", "Bearer ada"};
    assertEquals(204, server.send("DELETE", "/note", delete).statusCode());
    assertEquals(204, server.send("DELETE", "/note", delete).statusCode());
    assertEquals(2, writes.get());
  }

  /** A second program with the same account may mean a second increment. */
  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "POST"})
  void authorizationAloneDoesNotSufficeForOtherMethods(String method) throws Exception {
    start("body", Map.of());
    String[] headers = {"If-Match", tag(), "Authorization", "Bearer ada"};
    assertEquals(200, server.sendBody(method, "/note", "mine", headers).statusCode());
    assertEquals(412, server.sendBody(method, "/note", "mine", headers).statusCode());
  }

  @Test
  void headerOfTheKeyIsThatOfTheSetting() throws Exception {
    start("body", Map.of("idempotencyHeader", "X-Request-Id"));
    String tag = tag();
    assertEquals(200, put("mine", tag, "X-Request-Id", "1").statusCode());
    assertEquals("true", header(put("mine", tag, "X-Request-Id", "1"), "Idempotent-Replayed"));
    assertEquals(412, put("mine", tag, "Idempotency-Key", "1").statusCode());
  }

  @Test
  void theSameKeyWithoutCredentialsIsNoneWithThem() throws Exception {
    start("body", Map.of());
    String tag = tag();
    assertEquals(200, put("mine", tag, "Idempotency-Key", "1").statusCode());
    assertEquals(
        412, put("mine", tag, "Idempotency-Key", "1", "Authorization", "Bearer x").statusCode());
    assertEquals("true", header(put("mine", tag, "Idempotency-Key", "1"), "Idempotent-Replayed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rotate", "invalidate", "log in"})
  void whatAnotherSessionOrUserHasDoneIsNotAnsweredAgain(String how) throws Exception {
    start("body", Map.of());
    String tag = tag();
    assertEquals(200, put("mine", tag, "Cookie", cookie).statusCode());
    String changed =
        header(server.send("POST", "/" + how.replace(" ", ""), "Cookie", cookie), "Set-Cookie");
    String now = changed.isEmpty() ? cookie : changed.split(";")[0];
    assertEquals(412, put("mine", tag, "Cookie", now).statusCode());
    assertEquals(412, put("mine", tag, "Cookie", now, "Idempotency-Key", "1").statusCode());
  }

  /** Who was logged in by the write itself is another one than who sent it. */
  @Test
  void aWriteThatLogsSomebodyInIsNotAnsweredAgainToThoseBefore() throws Exception {
    start("body", Map.of());
    String tag = tag();
    String[] headers = {"Cookie", cookie, "X-Log-In", "ada"};
    assertEquals(200, put("mine", tag, headers).statusCode());
    server.send("POST", "/logout", "Cookie", cookie);
    assertEquals(412, put("mine", tag, headers).statusCode());
  }

  /** A client that takes no cookies gets a session with every answer of many applications. */
  @Test
  void aSessionThatTheWriteBeginsEndsNothing() throws Exception {
    start("body", Map.of());
    String tag = tag();
    String[] headers = {"Idempotency-Key", "1", "X-Begin", "yes"};
    assertEquals(200, put("mine", tag, headers).statusCode());
    assertEquals("true", header(put("mine", tag, headers), "Idempotent-Replayed"));
  }

  @Test
  void aRepeatedDeleteIsASuccess() throws Exception {
    start("body", Map.of());
    String[] headers = {"If-Match", tag(), "Cookie", cookie};
    assertEquals(204, server.send("DELETE", "/note", headers).statusCode());
    assertEquals(204, server.send("DELETE", "/note", headers).statusCode());
    assertEquals(1, writes.get());
    assertEquals(404, server.send("DELETE", "/note", "If-Match", "*").statusCode());
  }

  @Test
  void aFailedWriteIsNotRemembered() throws Exception {
    start("counter", Map.of());
    String tag = tag();
    assertEquals(500, put("fail", tag, "Cookie", cookie).statusCode());
    assertEquals(412, put("fail", tag, "Cookie", cookie).statusCode());
  }

  @Test
  void oneSettingSwitchesItOff() throws Exception {
    start("body", Map.of("replayLimit", "0"));
    String tag = tag();
    assertEquals(200, put("mine", tag, "Cookie", cookie).statusCode());
    assertEquals(412, put("mine", tag, "Cookie", cookie).statusCode());
  }

  private void start(String source, Map<String, String> initParams) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "n", "tag": "%s", "read": "/note", "write": "/note"}]}
            """
                .formatted(source))
        .filter(new ConflictFilter(), initParams)
        .handle(
            "/login",
            (request, response) -> {
              if (request.getSession(false) != null) {
                request.getSession().setAttribute("user", "ada");
              }
              request.getSession();
            })
        .handle("/rotate", (request, response) -> request.changeSessionId())
        .handle(
            "/invalidate",
            (request, response) -> {
              request.getSession().invalidate();
              request.getSession();
            })
        .handle("/logout", (request, response) -> request.getSession().removeAttribute("user"))
        .handle(
            "/note",
            (request, response) -> {
              switch (request.getMethod()) {
                case "GET" -> {
                  if (text.isEmpty()) {
                    response.sendError(404);
                  } else {
                    response.setContentType("text/plain;charset=UTF-8");
                    response.getWriter().print(text);
                  }
                }
                case "DELETE" -> {
                  writes.incrementAndGet();
                  text = "";
                  response.setStatus(204);
                }
                default -> {
                  writes.incrementAndGet();
                  if (request.getHeader("X-Log-In") != null) {
                    request.getSession().setAttribute("user", request.getHeader("X-Log-In"));
                  }
                  if (request.getHeader("X-Begin") != null) {
                    request.getSession();
                  }
                  text =
                      new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                  if (text.equals("fail")) {
                    response.sendError(500);
                    return;
                  }
                  response.setContentType("text/plain;charset=ISO-8859-1");
                  response.setHeader("X-Stored", "yes");
                  response.getWriter().print("stored " + text);
                  response.getWriter().close();
                }
              }
            })
        .start();
    cookie = header(server.send("POST", "/login"), "Set-Cookie").split(";")[0];
    assertTrue(cookie.startsWith("JSESSIONID="), cookie);
  }

  private HttpResponse<String> put(String body, String tag, String... headers) throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "If-Match";
    all[headers.length + 1] = tag;
    return server.sendBody("PUT", "/note", body, all);
  }

  private String tag() throws Exception {
    return header(server.send("GET", "/note"), "ETag");
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
