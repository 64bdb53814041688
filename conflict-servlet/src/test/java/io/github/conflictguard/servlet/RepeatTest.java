package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.RepeatCheck;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests let guarded code run again, in a real container. */
@Tag("container")
class RepeatTest {

  private static final GuardPolicy RETRY = GuardPolicy.builder().retry(3, 0, 0, 0, 60_000).build();

  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger runs = new AtomicInteger();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
  void whatReadsNoBodyRunsAgain(String method) throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  failTwice();
                  response.getWriter().print("done");
                }));
    assertEquals("done", server.send(method, "/x").body());
    assertEquals(3, runs.get());
  }

  @Test
  void parametersOfAFormAreThereAgain() throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  bodies.add(request.getParameter("name"));
                  failTwice();
                }));
    HttpResponse<String> answer =
        server.sendBody(
            "POST", "/x", "name=Ada", "Content-Type", "application/x-www-form-urlencoded");
    assertEquals(200, answer.statusCode());
    assertEquals(List.of("Ada", "Ada", "Ada"), bodies);
  }

  /** The second run would have met an empty body. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded"})
  void whatHasReadTheBodyAsAStreamDoesNotRunAgain(String type) throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  bodies.add(body(request));
                  failTwice();
                }));
    HttpResponse<String> answer = server.sendBody("POST", "/x", "name=Ada", "Content-Type", type);
    assertEquals(409, answer.statusCode());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertEquals(List.of("name=Ada"), bodies);
  }

  @Test
  void whatHasReadTheBodyThroughAReaderDoesNotRunAgain() throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  bodies.add(request.getReader().readLine());
                  failTwice();
                }));
    assertEquals(409, server.sendBody("PUT", "/x", "text").statusCode());
    assertEquals(List.of("text"), bodies);
  }

  @Test
  void whatIsGivenABodyThatItsCallerHasReadRunsAgain() throws Exception {
    start(
        (request, response) -> {
          String body = body(request);
          ConflictGuard.run(
              RETRY,
              () -> {
                bodies.add(body);
                failTwice();
              });
        });
    assertEquals(
        200, server.sendBody("PUT", "/x", "{}", "Content-Type", "application/json").statusCode());
    assertEquals(List.of("{}", "{}", "{}"), bodies);
  }

  @Test
  void behindACommittedResponseNothingRunsAgain() throws Exception {
    start(
        (request, response) -> {
          try {
            ConflictGuard.run(
                RETRY,
                () -> {
                  response.getWriter().print("part");
                  response.flushBuffer();
                  failTwice();
                });
          } catch (RuntimeException e) {
            response.getWriter().print(" of it");
          }
        });
    assertEquals("part of it", server.send("POST", "/x").body());
    assertEquals(1, runs.get());
  }

  @Test
  void whatGoesOnAsynchronouslyDoesNotRunAgain() throws Exception {
    start(
        (request, response) -> {
          AsyncContext async = request.startAsync();
          try {
            ConflictGuard.run(RETRY, this::failTwice);
          } catch (RuntimeException e) {
            response.getWriter().print("once");
          }
          async.complete();
        });
    assertEquals("once", server.send("POST", "/x").body());
    assertEquals(1, runs.get());
  }

  @Test
  void theThreadKeepsNothingOfTheRequest() throws Exception {
    AtomicReference<RepeatCheck> left = new AtomicReference<>();
    server
        .filter(
            (request, response, chain) -> {
              try {
                chain.doFilter(request, response);
              } finally {
                left.set(RepeatCheck.install(null));
              }
            })
        .filter(new ConflictFilter())
        .handle(
            "/x",
            (request, response) -> {
              throw new IllegalStateException();
            })
        .start();
    server.send("POST", "/x");
    assertNull(left.get());
  }

  private void start(Handler handler) throws Exception {
    server.filter(new ConflictFilter()).handle("/x", handler).start();
  }

  private void failTwice() throws SQLException {
    if (runs.incrementAndGet() < 3) {
      throw new SQLException("deadlock", "40001");
    }
  }

  private static String body(HttpServletRequest request) throws IOException {
    try (InputStream in = request.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
