package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** The table of the Idempotency-Key draft, over raw sockets. */
@Tag("container")
class IdempotencyKeyTableTest {

  private static final String KEY = "Idempotency-Key: \"8e03978e\"";

  private final AtomicInteger executed = new AtomicInteger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    server.close();
  }

  @Test
  void requiredKeyThatIsMissingIsRefusedWith400() throws Exception {
    start("required", Map.of());
    RawAnswer answer = post("{\"n\":1}");
    assertProblem(400, "idempotency-key-missing", answer);
    assertEquals("Idempotency-Key", json(answer).path("header").asText());
    assertEquals("PT24H", json(answer).path("idempotencyKeyLifetime").asText());
    assertEquals("with-new-key", json(answer).at("/retry/advice").asText());
    assertEquals(0, executed.get());
  }

  @Test
  void acceptedKeyMayBeMissing() throws Exception {
    start("accepted", Map.of());
    assertStatus(201, post("{}"));
    assertStatus(201, post("{}"));
    assertEquals(2, executed.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Idempotency-Key:",
        "Idempotency-Key: \"\"",
        "Idempotency-Key: \"a\", \"b\"",
        "Idempotency-Key: a,b",
        "Idempotency-Key: \"a",
        "Idempotency-Key: \u00e4",
        "Idempotency-Key: a\r\nIdempotency-Key: a",
        "Idempotency-Key: a\r\nIdempotency-Key: b",
        "LONG"
      })
  void malformedKeyIsRefusedWith400(String line) throws Exception {
    start("accepted", Map.of());
    String header = line.equals("LONG") ? "Idempotency-Key: " + "k".repeat(256) : line;
    RawAnswer answer = post("{}", header);
    assertProblem(400, "idempotency-key-malformed", answer);
    assertFalse(json(answer).path("reason").asText().isEmpty());
    assertEquals(0, executed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void repetitionGetsTheFirstResponseMarked(String method) throws Exception {
    start("required", Map.of());
    RawAnswer first = send(method, "/orders?b=2&a=1", "{\"n\":1}", KEY);
    RawAnswer second = send(method, "/orders?a=1&b=2", "{\"n\":1}", "Idempotency-Key: 8e03978e");
    assertStatus(201, first);
    assertNull(first.header("Idempotent-Replayed"));
    assertStatus(201, second);
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(first.text(), second.text());
    for (String name : List.of("Location", "Content-Type", "X-Order", "Content-Length")) {
      assertEquals(first.header(name), second.header(name), name);
    }
    assertEquals("session=secret", first.header("Set-Cookie"));
    assertNull(second.header("Set-Cookie"));
    assertEquals(1, executed.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /orders {\"n\":2} application/json",
        "POST /orders?x=1 {\"n\":1} application/json",
        "POST /orders/7 {\"n\":1} application/json",
        "POST /orders {\"n\":1} text/plain",
      })
  void sameKeyWithOtherContentIsRefusedWith422(String other) throws Exception {
    start("required", Map.of());
    assertStatus(201, post("{\"n\":1}", KEY));
    String[] parts = other.split(" ");
    RawAnswer answer = sendAs(parts[0], parts[1], parts[2], "Content-Type: " + parts[3], KEY);
    assertProblem(422, "idempotency-key-reused", answer);
    assertEquals(1, executed.get());
    assertEquals("true", post("{\"n\":1}", KEY).header("Idempotent-Replayed"));
  }

  @Test
  void keyOfAnotherMethodOrRuleIsAnotherKey() throws Exception {
    start("required", Map.of());
    assertStatus(201, post("{}", KEY));
    assertStatus(201, send("PUT", "/orders", "{}", KEY));
    assertStatus(201, send("POST", "/customers", "{}", KEY));
    assertEquals(3, executed.get());
  }

  @Test
  void repetitionOfARequestInProgressIsRefusedWith409() throws Exception {
    start("required", Map.of());
    CompletableFuture<RawAnswer> first = inBackground("/slow", "{}", KEY);
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    RawAnswer second = send("POST", "/slow", "{}", KEY);
    assertProblem(409, "request-in-progress", second);
    assertTrue(Integer.parseInt(second.header("Retry-After")) >= 1);
    assertProblem(422, "idempotency-key-reused", send("POST", "/slow", "{\"x\":1}", KEY));
    released.countDown();
    assertStatus(201, first.get(30, TimeUnit.SECONDS));
    assertEquals("true", send("POST", "/slow", "{}", KEY).header("Idempotent-Replayed"));
    assertEquals(1, executed.get());
  }

  @Test
  void repetitionWaitsForTheFirstWhereTheSettingSaysSo() throws Exception {
    start("required", Map.of("idempotencyWaitMillis", "30000"));
    CompletableFuture<RawAnswer> first = inBackground("/slow", "{}", KEY);
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    CompletableFuture<RawAnswer> second = inBackground("/slow", "{}", KEY);
    released.countDown();
    assertStatus(201, first.get(30, TimeUnit.SECONDS));
    assertEquals("true", second.get(30, TimeUnit.SECONDS).header("Idempotent-Replayed"));
    assertEquals(1, executed.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200",
        "202",
        "204",
        "303",
        "400",
        "404",
        "409",
        "410",
        "422",
        "error400",
        "error422"
      })
  void responseWithThisStatusIsStored(String how) throws Exception {
    start("required", Map.of());
    RawAnswer first = send("POST", "/answer/" + how, "{}", KEY);
    RawAnswer second = send("POST", "/answer/" + how, "{}", KEY);
    assertEquals(first.statusLine().split(" ")[1], second.statusLine().split(" ")[1]);
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(first.header("Location"), second.header("Location"));
    assertEquals(1, executed.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "401",
        "403",
        "408",
        "429",
        "409-later",
        "500",
        "503",
        "error403",
        "error500",
        "exception"
      })
  void responseWithThisStatusIsNotStored(String how) throws Exception {
    start("required", Map.of());
    send("POST", "/answer/" + how, "{}", KEY);
    assertNull(send("POST", "/answer/" + how, "{}", KEY).header("Idempotent-Replayed"));
    assertEquals(2, executed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "503", "error500", "exception"})
  void serverErrorIsStoredWhereTheSettingSaysSo(String how) throws Exception {
    start("required", Map.of("idempotencyStore5xx", "true"));
    RawAnswer first = send("POST", "/answer/" + how, "{}", KEY);
    RawAnswer second = send("POST", "/answer/" + how, "{}", KEY);
    assertEquals(first.statusLine().split(" ")[1], second.statusLine().split(" ")[1]);
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(1, executed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"long", "flushed"})
  void executedRequestWhoseResponseIsNotStoredIsAlreadyApplied(String how) throws Exception {
    start("required", Map.of());
    RawAnswer first = send("PUT", "/orders/7/" + how, "{}", KEY);
    assertStatus(200, first);
    RawAnswer second = send("PUT", "/orders/7/" + how, "{}", KEY);
    assertProblem(409, "already-applied", second);
    assertEquals("</app/orders/7>; rel=\"latest-version\"", second.header("Link"));
    assertEquals(1, executed.get());
  }

  @Test
  void conflictThatTheApplicationThrowsIsRepeatedWithoutRunningIt() throws Exception {
    start("required", Map.of());
    RawAnswer first = send("POST", "/answer/duplicate", "{}", KEY);
    RawAnswer second = send("POST", "/answer/duplicate", "{}", KEY);
    assertProblem(409, "duplicate-key", first);
    assertProblem(409, "duplicate-key", second);
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(1, executed.get());
  }

  @Test
  void transientConflictOfTheApplicationIsNotStored() throws Exception {
    start("required", Map.of());
    assertProblem(409, "transient", send("POST", "/answer/deadlock", "{}", KEY));
    assertProblem(409, "transient", send("POST", "/answer/deadlock", "{}", KEY));
    assertEquals(2, executed.get());
  }

  private void start(String demand, Map<String, String> settings) throws Exception {
    server
        .rules(
            """
            {"rules": [
              {"name": "customers", "write": "/customers", "idempotencyKey": "%1$s"},
              {"name": "order", "read": "/orders/{id}", "write": "/orders/{id}/long", "tag": "none",
               "idempotencyKey": "%1$s"},
              {"name": "flushed", "read": "/orders/{id}", "write": "/orders/{id}/flushed",
               "tag": "none", "idempotencyKey": "%1$s"},
              {"name": "all", "write": "/*", "tag": "none", "idempotencyKey": "%1$s"}
            ]}
            """
                .formatted(demand))
        .filter(new ConflictFilter(), settings)
        .handle("/answer/*", this::answer)
        .handle(
            "/slow",
            (request, response) -> {
              entered.countDown();
              if (!released.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not released");
              }
              create(request, response);
            })
        .handle("/*", this::create)
        .start();
  }

  private void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int number = executed.incrementAndGet();
    String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    response.setContentType("application/json");
    response.setHeader("X-Order", "yes");
    if (request.getRequestURI().endsWith("/long")) {
      response.getOutputStream().print("x".repeat(65 * 1024));
    } else if (request.getRequestURI().endsWith("/flushed")) {
      response.getOutputStream().print("x");
      response.flushBuffer();
    } else {
      response.setStatus(201);
      response.setHeader("Location", "/app/orders/" + number);
      response.addHeader("Set-Cookie", "session=secret");
      response.getWriter().print("created " + number + " from " + body);
      response.getWriter().close();
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws Exception {
    executed.incrementAndGet();
    String how = request.getPathInfo().substring(1);
    switch (how) {
      case "exception" -> throw new IllegalStateException("broken");
      case "duplicate" ->
          throw new java.sql.SQLIntegrityConstraintViolationException("no", "23505", 23505);
      case "deadlock" -> throw new java.sql.SQLTransactionRollbackException("no", "40001", 40001);
      case "303" -> {
        response.setStatus(303);
        response.setHeader("Location", "/app/done");
      }
      case "409-later" -> {
        response.setStatus(409);
        response.setHeader("Retry-After", "1");
      }
      default -> {
        if (how.startsWith("error")) {
          response.sendError(Integer.parseInt(how.substring(5)), "not that");
        } else {
          response.setStatus(Integer.parseInt(how));
        }
      }
    }
  }

  private CompletableFuture<RawAnswer> inBackground(String path, String body, String... headers) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return send("POST", path, body, headers);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private RawAnswer post(String body, String... headers) throws IOException {
    return send("POST", "/orders", body, headers);
  }

  private RawAnswer send(String method, String path, String body, String... headers)
      throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Type: application/json";
    return sendAs(method, path, body, all);
  }

  private RawAnswer sendAs(String method, String path, String body, String... headers)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(headers));
    lines.add("Content-Length: " + body.length());
    lines.add("Connection: close");
    try (RawClient client = new RawClient(server.port())) {
      client.ask(method, path, "HTTP/1.1", lines.toArray(new String[0])).send(body);
      return client.answer(method);
    }
  }

  private static void assertStatus(int status, RawAnswer answer) {
    assertTrue(
        answer.statusLine().startsWith("HTTP/1.1 " + status),
        answer.statusLine() + ' ' + answer.text());
  }

  private static void assertProblem(int status, String kind, RawAnswer answer) throws IOException {
    assertStatus(status, answer);
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals(kind, json(answer).path("kind").asText());
  }

  private static JsonNode json(RawAnswer answer) throws IOException {
    return JsonMapper.builder().build().readTree(answer.body());
  }
}
