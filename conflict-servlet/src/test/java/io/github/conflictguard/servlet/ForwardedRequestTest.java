package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a filter that forwards everything, rules apply to what it forwards to, if they say so. */
@Tag("container")
class ForwardedRequestTest {

  private static final String RULE =
      """
      {"rules": [{"name": "records", "key": "record/{id}", "read": "/record?id={id}",
        "write": "/record?id={id}", "tag": "%s", "dispatch": %s}]}
      """;

  private final Map<String, String> records = new ConcurrentHashMap<>(Map.of("42", "one"));
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "counter"})
  void forwardedReadHasTheTagOfItsRecord(String source) throws Exception {
    start(source, "[\"REQUEST\", \"FORWARD\"]");
    HttpResponse<String> read = server.send("GET", "/r/42");
    assertEquals("one", read.body());
    String tag = tagOf(read);
    assertEquals(304, server.send("GET", "/r/42", "If-None-Match", tag).statusCode());
    // The same resource under its other address.
    assertEquals(304, server.send("GET", "/record?id=42", "If-None-Match", tag).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "counter"})
  void forwardedWriteIsJudged(String source) throws Exception {
    start(source, "\"FORWARD\"");
    String tag = tagOf(server.send("GET", "/r/42"));
    assertEquals(200, server.sendBody("PUT", "/r/42", "two", "If-Match", tag).statusCode());
    assertEquals("two", records.get("42"));
    HttpResponse<String> stale = server.sendBody("PUT", "/r/42", "three", "If-Match", tag);
    assertEquals(412, stale.statusCode());
    assertTrue(stale.body().contains("stale-version"), stale.body());
    assertEquals("two", records.get("42"));
    String now = tagOf(server.send("GET", "/r/42"));
    assertNotEquals(tag, now);
    assertEquals(200, server.sendBody("PUT", "/r/42", "four", "If-Match", now).statusCode());
  }

  @Test
  void refusalOfAForwardedWriteIsFramedForTheNextAnswer() throws Exception {
    start("body", "\"FORWARD\"");
    try (RawClient client = new RawClient(server.port())) {
      client.ask("DELETE", "/r/42", "HTTP/1.1", "If-Match: \"other\"");
      RawAnswer refusal = client.answer("DELETE");
      assertTrue(refusal.statusLine().contains(" 412"), refusal.statusLine());
      assertEquals("by length", refusal.end());
      client.ask("GET", "/r/42", "HTTP/1.1");
      assertEquals("one", client.answer("GET").text());
    }
  }

  @Test
  void rulesThatDoNotAskForForwardsLeaveThemAlone() throws Exception {
    start("counter", "\"REQUEST\"");
    assertTrue(server.send("GET", "/r/42").headers().firstValue("ETag").isEmpty());
    assertEquals(200, server.sendBody("PUT", "/r/42", "two", "If-Match", "\"x\"").statusCode());
    assertTrue(server.send("GET", "/record?id=42").headers().firstValue("ETag").isPresent());
  }

  @Test
  void rulesForForwardsAloneLeaveRequestsAlone() throws Exception {
    start("counter", "\"FORWARD\"");
    assertTrue(server.send("GET", "/r/42").headers().firstValue("ETag").isPresent());
    // Without a rule it is a resource of its own, with the tag of its body.
    String tag = tagOf(server.send("GET", "/record?id=42"));
    assertNotEquals(tag, tagOf(server.send("GET", "/r/42")));
  }

  @Test
  void forwardOfTheApplicationIsNotJudgedASecondTime() throws Exception {
    server.handle(
        "/front",
        (request, response) ->
            request.getRequestDispatcher("/record?id=42").forward(request, response));
    start("counter", "\"FORWARD\"");
    assertEquals(200, server.sendBody("PUT", "/front", "two").statusCode());
    assertEquals("two", records.get("42"));
    assertTrue(server.send("GET", "/front").headers().firstValue("ETag").isPresent());
  }

  @Test
  void onlyTheFirstForwardOfARequestCounts() throws Exception {
    server.filter(new RewritingFilter());
    server.handle("/record", viewed("/view"));
    server.handle("/view", records());
    server.rules(
        """
        {"rules": [{"name": "views", "read": "/view", "write": "/view", "tag": "counter",
          "dispatch": "FORWARD"}]}
        """);
    server.filter(new ConflictFilter()).withDefaultServlet().start();
    assertTrue(server.send("GET", "/r/42").headers().firstValue("ETag").isEmpty());
    assertEquals(200, server.sendBody("PUT", "/r/42", "two", "If-Match", "\"x\"").statusCode());
  }

  @Test
  void includesAndErrorPagesAreNotJudged() throws Exception {
    server.filter(new RewritingFilter());
    server.handle("/record", records());
    server.handle(
        "/failed",
        (request, response) ->
            request.getRequestDispatcher("/record?id=42").forward(request, response));
    server.errorPage(404, "/failed");
    server.handle("/missing", (request, response) -> response.sendError(404));
    server.filter(
        (request, response, chain) -> {
          if (request.getParameter("refuse") == null) {
            chain.doFilter(request, response);
          } else {
            ((jakarta.servlet.http.HttpServletResponse) response).sendError(404);
          }
        });
    server.rules(RULE.formatted("counter", "\"FORWARD\""));
    server.filter(new ConflictFilter()).withDefaultServlet().start();
    HttpResponse<String> error = server.send("GET", "/missing?refuse=1");
    assertEquals(404, error.statusCode());
    assertTrue(error.headers().firstValue("ETag").isEmpty(), error.headers()::toString);
  }

  @Test
  void parametersOfTheClientBelongToTheCurrentStateToo() throws Exception {
    server.handle(
        "/record",
        (request, response) -> {
          if (request.getMethod().equals("GET")) {
            response.setContentType("application/json");
            response.getWriter().write(request.getParameter("lang") + records.get("42"));
          }
        });
    server.filter(new RewritingFilter());
    server.rules(RULE.formatted("body", "\"FORWARD\""));
    server.filter(new ConflictFilter()).withDefaultServlet().start();
    HttpResponse<String> read = server.send("GET", "/r/42?lang=de");
    assertEquals("deone", read.body());
    assertEquals(200, server.send("PUT", "/r/42?lang=de", "If-Match", tagOf(read)).statusCode());
  }

  @Test
  void asynchronousAnswerOfAForwardIsTagged() throws Exception {
    server.handle(
        "/record",
        (request, response) -> {
          response.setContentType("application/json");
          jakarta.servlet.AsyncContext async = request.startAsync();
          async.start(
              () -> {
                try {
                  async.getResponse().getWriter().write("later");
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
                async.complete();
              });
        });
    server.filter(new RewritingFilter());
    server.rules(RULE.formatted("counter", "\"FORWARD\""));
    server.filter(new ConflictFilter()).withDefaultServlet().start();
    HttpResponse<String> read = server.send("GET", "/r/42");
    assertEquals("later", read.body());
    assertTrue(read.headers().firstValue("ETag").isPresent());
  }

  @Test
  void conflictPageOfAForwardedFormSavesToTheAddressThatWasSent() throws Exception {
    server.handle(
        "/record",
        (request, response) -> {
          if (request.getMethod().equals("POST")) {
            records.put("42", request.getParameter("name"));
            response.sendRedirect(request.getContextPath() + "/done");
          } else {
            response.setContentType("text/html;charset=UTF-8");
            response
                .getWriter()
                .write(
                    "<form method='post' action='"
                        + request.getContextPath()
                        + "/r/42'><label>Name <input name='name' value='"
                        + records.get("42")
                        + "'></label></form>");
          }
        });
    server.handle("/done", (request, response) -> response.getWriter().write("done"));
    server.filter(new RewritingFilter());
    server.rules(
        """
        {"rules": [{"name": "records", "key": "record/{id}", "read": "/record?id={id}",
          "write": ["POST /r/{id}", "POST /record?id={id}"], "tag": "form",
          "dispatch": ["REQUEST", "FORWARD"]}]}
        """);
    server.filter(new ConflictFilter()).withDefaultServlet().start();
    HttpResponse<String> page = server.send("GET", "/r/42");
    String session = cookieOf(page);
    String token =
        page.body().replaceAll("(?s).*name=\"_conflictguard\" value=\"([^\"]+)\".*", "$1");
    assertNotEquals(page.body(), token);
    assertEquals(302, save(session, "two", token).statusCode());
    HttpResponse<String> other = server.send("GET", "/r/42", "Cookie", session);
    assertTrue(other.body().contains("value='two'"), other.body());
    server.sendBody(
        "POST", "/r/42", "name=three", "Content-Type", "application/x-www-form-urlencoded");
    HttpResponse<String> stale = save(session, "four", token);
    assertEquals(412, stale.statusCode(), stale.body());
    assertTrue(stale.body().contains("action=\"/app/r/42"), stale.body());
  }

  private HttpResponse<String> save(String session, String name, String token) throws Exception {
    return server.sendBody(
        "POST",
        "/r/42",
        "name=" + name + "&_conflictguard=" + token,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Accept",
        "text/html",
        "Cookie",
        session);
  }

  private static String cookieOf(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Set-Cookie")
        .map(cookie -> cookie.replaceAll(";.*", ""))
        .orElse("none=1");
  }

  private void start(String source, String dispatch) throws Exception {
    server
        .filter(new RewritingFilter())
        .filter(new ConflictFilter())
        .handle("/record", records())
        .rules(RULE.formatted(source, dispatch))
        .withDefaultServlet()
        .start();
  }

  private Handler records() {
    return (request, response) -> {
      String id = request.getParameter("id");
      if (request.getMethod().equals("PUT")) {
        records.put(id, new String(request.getInputStream().readAllBytes()));
      } else {
        response.setContentType("application/json");
        response.getWriter().write(records.get(id));
      }
    };
  }

  private static Handler viewed(String view) {
    return (request, response) -> request.getRequestDispatcher(view).forward(request, response);
  }

  private static String tagOf(HttpResponse<String> answer) {
    String tag = answer.headers().firstValue("ETag").orElse(null);
    assertNotEquals(null, tag, () -> answer + answer.body());
    return tag;
  }
}
