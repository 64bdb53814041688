package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which responses are stored by the fields of a rule, and which are not sent any more. */
@Tag("container")
class IdempotencyKeyAnswersTest {

  private static final String[] ADA = {"Idempotency-Key", "k", "Authorization", "Bearer ada"};

  private final AtomicInteger executed = new AtomicInteger();
  private final FilterServer server = new FilterServer();

  @BeforeEach
  void start() throws Exception {
    server
        .rules(
            """
            {"rules": [
              {"name": "null", "read": "/orders/{id}", "write": "/orders/{id}/pay", "tag": "none",
               "idempotencyKey": "accepted"},
              {"name": "named", "write": "/named/*", "tag": "none", "idempotencyKey": "accepted",
               "stored": ["500", "503"], "failed": ["422", "504", "302 /login"]},
              {"name": "timeout", "write": "/timeout/*", "tag": "none",
               "idempotencyKey": "accepted"}]}
            """)
        .filter(new ConflictFilter())
        .handle("/named/*", this::answer)
        .handle("/login-of-forward", (request, response) -> response.sendRedirect("/app/login"))
        .handle("/timeout/*", (request, response) -> timeOut(request))
        .handle("/refusing/*", (request, response) -> refuse(request, response))
        .handle("/orders/*", this::pay)
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "503", "error503", "exception"})
  void errorThatTheRuleNamesAsStoredIsRepeated(String how) throws Exception {
    int first = server.sendBody("POST", "/named/" + how, "{}", ADA).statusCode();
    HttpResponse<String> second = server.sendBody("POST", "/named/" + how, "{}", ADA);
    assertEquals(first, second.statusCode());
    assertEquals("true", header(second, "Idempotent-Replayed"));
    assertEquals(1, executed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"422", "error422", "504", "redirect", "forward"})
  void responseThatTheRuleNamesAsFailedIsNotRepeated(String how) throws Exception {
    for (int i = 1; i <= 2; i++) {
      server.sendBody("POST", "/named/" + how, "{}", ADA);
      server.awaitIdle();
      assertEquals(i, executed.get());
    }
  }

  @ParameterizedTest
  @CsvSource({"error, 503", "redirect, 302", "status, 503"})
  void responseThatIsSentAtATimeoutReachesTheClient(String how, int status) throws Exception {
    HttpResponse<String> answer = server.sendBody("POST", "/timeout/" + how, "{}", ADA);
    assertEquals(status, answer.statusCode(), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"401", "async401"})
  void refusalAnywhereEndsRepetitions(String how) throws Exception {
    assertEquals("paid 1", pay().body());
    assertEquals("paid 1", pay().body());
    assertEquals(401, server.send("GET", "/refusing/" + how, ADA).statusCode());
    server.awaitIdle();
    HttpResponse<String> refused = pay();
    assertEquals(409, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("already-applied"), refused.body());
    assertEquals(
        1,
        refused.headers().allValues("Link").stream()
            .filter(link -> link.contains("latest-version"))
            .count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"403", "async403"})
  void refusalOfWhatNoRuleCoversEndsNone(String how) throws Exception {
    assertEquals("paid 1", pay().body());
    assertEquals(403, server.send("GET", "/refusing/" + how, ADA).statusCode());
    server.awaitIdle();
    assertEquals("paid 1", pay().body());
  }

  @Test
  void refusalUnderTheRuleEndsRepetitions() throws Exception {
    assertEquals("paid 1", pay().body());
    String[] other = {"Idempotency-Key", "refuse", "Authorization", "Bearer ada"};
    assertEquals(403, server.sendBody("POST", "/orders/7/pay", "{}", other).statusCode());
    server.awaitIdle();
    assertEquals(409, pay().statusCode());
  }

  private HttpResponse<String> pay() throws Exception {
    return server.sendBody("POST", "/orders/7/pay", "{}", ADA);
  }

  private void pay(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getHeader("Idempotency-Key").equals("refuse")) {
      response.setStatus(403);
    } else {
      response.getWriter().print("paid " + executed.incrementAndGet());
    }
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response) {
    String how = request.getPathInfo().substring(1);
    if (!how.startsWith("async")) {
      response.setStatus(Integer.parseInt(how));
      return;
    }
    AsyncContext async = request.startAsync();
    new Thread(
            () -> {
              HttpServletResponse later = (HttpServletResponse) async.getResponse();
              later.setStatus(Integer.parseInt(how.substring(5)));
              async.complete();
            })
        .start();
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws Exception {
    executed.incrementAndGet();
    String how = request.getPathInfo().substring(1);
    switch (how) {
      case "exception" -> throw new IllegalStateException("broken");
      case "redirect" -> response.sendRedirect("/app/login");
      case "forward" ->
          request.getRequestDispatcher("/login-of-forward").forward(request, response);
      default -> {
        if (how.startsWith("error")) {
          response.sendError(Integer.parseInt(how.substring(5)), "not that");
        } else {
          response.setStatus(Integer.parseInt(how));
        }
      }
    }
  }

  private static void timeOut(HttpServletRequest request) {
    String how = request.getPathInfo().substring(1);
    AsyncContext async = request.startAsync();
    async.setTimeout(50);
    async.addListener(new Ending((HttpServletResponse) async.getResponse(), how));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Ends a request whose time is over by the context that the container passes. */
  private record Ending(HttpServletResponse response, String how) implements AsyncListener {

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      switch (how) {
        case "error" -> response.sendError(503);
        case "redirect" -> response.sendRedirect("/app/later");
        default -> response.setStatus(503);
      }
      event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
