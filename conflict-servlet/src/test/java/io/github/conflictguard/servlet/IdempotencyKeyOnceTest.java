package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule with {@code once} leaves the other functions of the filter as they are. */
@Tag("container")
class IdempotencyKeyOnceTest {

  private final AtomicInteger executed = new AtomicInteger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "page", "status"})
  void conflictThatTheApplicationSwallowsIsAnsweredWith409(String how) throws Exception {
    start(Map.of());
    for (int i = 1; i <= 2; i++) {
      HttpResponse<String> answer = post("/swallowed?" + how);
      assertEquals(409, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("duplicate-key"), answer.body());
      assertEquals(i, executed.get());
    }
  }

  @Test
  void secondClickOnAFormGetsTheFirstResponse() throws Exception {
    start(Map.of());
    FormUser.Filled form = FormUser.loggedIn(server).open("/new").with("value", "one");
    HttpResponse<String> first = form.send();
    HttpResponse<String> second = form.send();
    assertEquals(302, first.statusCode());
    assertEquals(302, second.statusCode(), second.body());
    assertEquals(location(first), location(second));
    assertEquals(1, executed.get());
  }

  /** While it has not ended, it is not known whether its response will be delivered. */
  @Test
  void identicalWriteWaitsForAnAsynchronousOne() throws Exception {
    start(Map.of("lockTimeoutMillis", "0"));
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return post("/async");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    HttpResponse<String> early = post("/async");
    assertEquals(409, early.statusCode(), early.body());
    assertTrue(early.body().contains("request-in-progress"), early.body());
    released.countDown();
    assertEquals("async 1", first.get(30, TimeUnit.SECONDS).body());
    server.awaitIdle();
    HttpResponse<String> later = post("/async");
    assertEquals("async 2", later.body());
    assertFalse(later.headers().firstValue("Idempotent-Replayed").isPresent());
  }

  @Test
  void dispatchedWriteWhoseResponseWasDeliveredIsExecutedAgain() throws Exception {
    start(Map.of("lockTimeoutMillis", "0"));
    released.countDown();
    for (int i = 1; i <= 3; i++) {
      assertEquals("async " + i, post("/dispatched").body());
      server.awaitIdle();
    }
  }

  private void start(Map<String, String> settings) throws Exception {
    server
        .rules(
            """
            {"rules": [
              {"name": "form", "read": "/new", "write": "POST /create", "tag": "none",
               "once": true},
              {"name": "once", "write": "/*", "tag": "none", "once": true}]}
            """)
        .filter(new ConflictFilter(), settings)
        .handle("/login", (request, response) -> request.getSession(true))
        .handle(
            "/new",
            (request, response) -> {
              response.setContentType("text/html");
              response.getWriter().print("<form method=post action=create><input name=value>");
            })
        .handle(
            "/create",
            (request, response) -> response.sendRedirect("record/" + executed.incrementAndGet()))
        .handle("/swallowed", this::swallow)
        .handle("/async", (request, response) -> later(request.startAsync()))
        .handle("/dispatched", this::dispatch)
        .start();
  }

  private void swallow(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    executed.incrementAndGet();
    request.setAttribute(
        "failure", new SQLIntegrityConstraintViolationException("no", "23505", 23505));
    switch (request.getQueryString()) {
      case "error" -> response.sendError(500);
      case "page" -> {
        response.setStatus(500);
        response.setContentType("text/html");
        response.getWriter().print("<h1>Error</h1>");
      }
      default -> response.setStatus(500);
    }
  }

  private void later(AsyncContext async) {
    new Thread(
            () -> {
              try {
                entered.countDown();
                if (released.await(30, TimeUnit.SECONDS)) {
                  async.getResponse().getWriter().print("async " + executed.incrementAndGet());
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              } finally {
                async.complete();
              }
            })
        .start();
  }

  private void dispatch(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute("again") != null) {
      response.getWriter().print("async " + executed.incrementAndGet());
      return;
    }
    request.setAttribute("again", true);
    AsyncContext async = request.startAsync();
    new Thread(async::dispatch).start();
  }

  private HttpResponse<String> post(String path) throws Exception {
    return server.sendBody("POST", path, "{}", "Authorization", "Bearer ada");
  }

  private static String location(HttpResponse<String> response) {
    return response.headers().firstValue("Location").orElse("");
  }
}
