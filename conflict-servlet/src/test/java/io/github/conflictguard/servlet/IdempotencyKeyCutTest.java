package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are cut at every phase of a request: its effect happens once. */
@Tag("container")
class IdempotencyKeyCutTest {

  private static final int LONG = 4 << 20;

  private final AtomicInteger effects = new AtomicInteger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final FilterServer server = new FilterServer();

  @BeforeEach
  void start() throws Exception {
    server
        .rules(
            """
            {"rules": [
              {"name": "once", "write": "/once/*", "tag": "none", "once": true},
              {"name": "all", "write": "/*", "tag": "none", "idempotencyKey": "accepted"}
            ]}
            """)
        .filter(new ConflictFilter(), Map.of())
        .handle("/*", this::handle)
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000, 1_000_000})
  void cutBeforeTheBody(int length) throws Exception {
    try (RawClient client = head("/order", length)) {
      client.cut();
    }
    assertExecutedOnce("/order", length);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000, 1_000_000})
  void cutWithinTheBody(int length) throws Exception {
    try (RawClient client = head("/order", length)) {
      client.send("x".repeat(length / 2)).cut();
    }
    assertExecutedOnce("/order", length);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000, 1_000_000})
  void cutAfterTheBody(int length) throws Exception {
    try (RawClient client = head("/order", length)) {
      client.send("x".repeat(length)).cut();
    }
    assertExecutedOnce("/order", length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/slow/order", "/slow/long"})
  void cutWhileTheApplicationRuns(String path) throws Exception {
    try (RawClient client = head(path, 10)) {
      client.send("x".repeat(10));
      assertTrue(entered.await(30, TimeUnit.SECONDS));
      client.cut();
    }
    released.countDown();
    assertExecutedOnce(path, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/long"})
  void cutWithinTheResponse(String path) throws Exception {
    try (RawClient client = head(path, 10)) {
      client.send("x".repeat(10)).readUntil("HTTP/1.1 2");
      client.cut();
    }
    assertExecutedOnce(path, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/long"})
  void cutAfterTheResponse(String path) throws Exception {
    try (RawClient client = head(path, 10)) {
      assertTrue(client.send("x".repeat(10)).answer("POST").statusLine().contains(" 20"));
      client.cut();
    }
    assertExecutedOnce(path, 10);
  }

  /** Without a key: only where the response could not be delivered. */
  @ParameterizedTest
  @ValueSource(strings = {"while it runs", "before the end"})
  void writeWithoutKeyIsExecutedOnceIfItsResponseWasLost(String repeated) throws Exception {
    String[] ada = {"Authorization: Bearer ada", "Content-Length: 10"};
    try (RawClient client = new RawClient(server.port());
        RawClient again = new RawClient(server.port())) {
      client.ask("POST", "/once/slow/order", "HTTP/1.1", ada).send("x".repeat(10));
      assertTrue(entered.await(30, TimeUnit.SECONDS));
      client.cut();
      if (repeated.equals("while it runs")) {
        again.ask("POST", "/once/slow/order", "HTTP/1.1", ada).send("x".repeat(10));
        released.countDown();
      } else {
        released.countDown();
        server.awaitIdle();
        again.ask("POST", "/once/slow/order", "HTTP/1.1", ada).send("x".repeat(10));
      }
      RawAnswer answer = again.answer("POST");
      assertEquals("true", answer.header("Idempotent-Replayed"), answer.statusLine());
      assertEquals("created 1", answer.text());
    }
    assertEquals(1, effects.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Bearer ada", "X-Anonymous: yes"})
  void writeWithoutKeyWhoseResponseWasDeliveredIsExecutedAgain(String client) throws Exception {
    released.countDown();
    for (int i = 1; i <= 3; i++) {
      assertEquals("created " + i, send("/once/order", 10, client).text());
    }
  }

  /** Several anonymous clients may share an address: none of them gets a response of another. */
  @ParameterizedTest
  @ValueSource(strings = {"X-Anonymous: yes", "Authorization: Bearer eve"})
  void lostResponseIsNotForAnotherClient(String other) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client
          .ask(
              "POST",
              "/once/slow/order",
              "HTTP/1.1",
              "Authorization: Bearer ada",
              "Content-Length: 10")
          .send("x".repeat(10));
      assertTrue(entered.await(30, TimeUnit.SECONDS));
      client.cut();
    }
    released.countDown();
    server.awaitIdle();
    assertEquals("created 2", send("/once/slow/order", 10, other).text());
  }

  private void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
    String path = request.getRequestURI();
    long length = request.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    if (length != request.getContentLengthLong()) {
      throw new IOException("the body is incomplete");
    }
    if (path.contains("/slow/")) {
      entered.countDown();
      if (!released.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not released");
      }
    }
    int number = effects.incrementAndGet();
    response.setStatus(path.endsWith("/long") ? 200 : 201);
    response.setContentType("text/plain");
    if (path.endsWith("/long")) {
      byte[] chunk = new byte[64 * 1024];
      for (int i = 0; i < LONG; i += chunk.length) {
        response.getOutputStream().write(chunk);
      }
    } else {
      response.getOutputStream().print("created " + number);
    }
  }

  private RawClient head(String path, int length) throws IOException {
    return new RawClient(server.port())
        .ask("POST", path, "HTTP/1.1", "Idempotency-Key: k", "Content-Length: " + length);
  }

  /** Repeats the request like a client that has received nothing. */
  private void assertExecutedOnce(String path, int length) throws Exception {
    server.awaitIdle();
    RawAnswer answer = null;
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        answer == null && System.nanoTime() < end; ) {
      try {
        RawAnswer received = send(path, length, "Idempotency-Key: k");
        boolean ended = received.statusLine().startsWith("HTTP/1.1");
        answer = ended && !received.text().contains("request-in-progress") ? received : null;
      } catch (IOException e) {
        // The server has refused a body that is still on its way.
        answer = null;
      }
    }
    assertNotNull(answer);
    boolean applied = answer.text().contains("already-applied");
    assertTrue(
        applied ? path.endsWith("/long") : answer.statusLine().contains(" 20"),
        answer.statusLine() + ' ' + answer.text());
    assertEquals(1, effects.get());
    if (!path.endsWith("/long")) {
      assertEquals("created 1", answer.text());
    }
  }

  private RawAnswer send(String path, int length, String header) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client
          .ask("POST", path, "HTTP/1.1", header, "Content-Length: " + length, "Connection: close")
          .send("x".repeat(length));
      return client.answer("POST");
    }
  }
}
