package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has come of a form that is carried out asynchronously is known when it is complete. */
@Tag("container")
class AsyncFormTest {

  private static final Pattern TOKEN =
      Pattern.compile("name=\"_conflictguard\" value=\"([A-Za-z0-9_-]+)\"");

  private final FilterServer server = new FilterServer();
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "error", "dispatch"})
  void whatFailedAsynchronouslyIsCarriedOutAgain(String how) throws Exception {
    start();
    String token = token();
    assertEquals(500, create(how, token).statusCode());
    server.awaitIdle();
    assertEquals(500, create(how, token).statusCode());
    assertEquals(2, writes.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "redirect"})
  void whatSucceededAsynchronouslyIsNotCarriedOutAgain(String how) throws Exception {
    start();
    String token = token();
    assertEquals(how.equals("success") ? 200 : 302, create(how, token).statusCode());
    server.awaitIdle();
    HttpResponse<String> second = create(how, token);
    assertEquals(409, second.statusCode());
    assertTrue(second.body().contains("duplicate-submit"), second.body());
    assertEquals(1, writes.get());
  }

  @Test
  void anotherFillingIsCarriedOut() throws Exception {
    start();
    String token = token();
    assertEquals(200, create("success", token).statusCode());
    server.awaitIdle();
    assertEquals(302, create("redirect", token).statusCode());
    assertEquals(2, writes.get());
  }

  /** What was typed is in the page, although the conflict is found in another pass. */
  @Test
  void pageOfAConflictInALaterPassKeepsWhatWasTyped() throws Exception {
    start();
    HttpResponse<String> answer =
        server.sendBody(
            "POST",
            "/create",
            "value=conflict&note=typed+text&_conflictguard=" + token(),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "text/html");
    assertEquals(409, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("typed text"), answer.body());
  }

  private String token() throws Exception {
    Matcher token = TOKEN.matcher(server.send("GET", "/new").body());
    assertTrue(token.find());
    return token.group(1);
  }

  private HttpResponse<String> create(String value, String token) throws Exception {
    return server.sendBody(
        "POST",
        "/create",
        "value=" + value + "&_conflictguard=" + token,
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private void start() throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "c", "read": "/new", "write": "POST /create", "tag": "none"}]}
            """)
        .filter(new ConflictFilter())
        .handle(
            "/new",
            (request, response) -> {
              response.setContentType("text/html");
              response
                  .getWriter()
                  .print(
                      "<form method=post action=create><input name=value><textarea name=note></textarea></form>");
            })
        .handle(
            "/duplicate",
            (request, response) -> {
              throw new IllegalStateException(new SQLException("Duplicate entry", "23505"));
            })
        .handle("/failing", (request, response) -> response.setStatus(500))
        .handle(
            "/create",
            (request, response) -> {
              writes.incrementAndGet();
              String how = request.getParameter("value");
              AsyncContext async = request.startAsync();
              async.setTimeout(60_000);
              async.start(() -> answer(async, how));
            })
        .start();
  }

  private static void answer(AsyncContext async, String how) {
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    try {
      switch (how) {
        case "status" -> response.setStatus(500);
        case "error" -> response.sendError(500);
        case "redirect" -> response.sendRedirect("record/1");
        default -> {}
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (how.equals("dispatch")) {
      async.dispatch("/failing");
    } else if (how.equals("conflict")) {
      async.dispatch("/duplicate");
    } else {
      async.complete();
    }
  }
}
