package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawClient;
import io.github.conflictguard.servlet.spring.FailingController;
import io.github.conflictguard.servlet.spring.ProblemAdvice;
import io.github.conflictguard.servlet.spring.SpringMvc;
import io.github.conflictguard.servlet.spring.SwallowingAdvice;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conflicts behind a catch-all advice of Spring MVC, without the agent: the advice has answered,
 * and has flushed or closed the answer, before Spring leaves the exception in the request.
 */
@Tag("container")
class SwallowingAdviceTest {

  private static final Map<String, Class<?>> ADVICES =
      Map.of(
          "entity", SwallowingAdvice.Entity.class,
          "problem", ProblemAdvice.class,
          "text", SwallowingAdvice.Text.class,
          "body", SwallowingAdvice.Body.class,
          "mapper", SwallowingAdvice.Mapper.class,
          "writer", SwallowingAdvice.Writer.class,
          "success", SwallowingAdvice.Success.class,
          "unprocessable", SwallowingAdvice.Unprocessable.class);
  private static final List<String> WAYS = List.of("now", "callable", "task", "future", "deferred");
  private static final String NO_RULE = "{\"rules\": []}";
  private static final String LONG = "60000";

  private final BlockingQueue<ConflictEvent> events = new LinkedBlockingQueue<>();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "entity, true",
    "problem, true",
    "text, true",
    "body, true",
    "mapper, true",
    "writer, true",
    "entity, false",
    "problem, false",
    "mapper, false",
    "writer, false"
  })
  void conflictBehindFailureIsAnswered(String advice, boolean wrapped) throws Exception {
    if (wrapped) {
      server.filter(SwallowingAdviceTest::wrap);
    }
    start(NO_RULE, LONG);
    for (String way : WAYS) {
      assertConflict(server.send("POST", "/" + advice + "/conflict/" + way), way);
      assertConflict(
          server.sendBody("PUT", "/" + advice + "/conflict/" + way, "{}", "If-Match", "*"), way);
    }
    assertTrue(
        events(2 * WAYS.size()).stream()
            .allMatch(e -> e.isAnswered() && e.found() == Found.ATTRIBUTE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "unprocessable", "entity"})
  void conflictBehindAnswerThatTheRuleNamesIsAnswered(String advice) throws Exception {
    start(rule("200", "422", "500"), LONG);
    for (String way : WAYS) {
      assertConflict(server.send("POST", "/" + advice + "/conflict/" + way), way);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NO_RULE, "rule"})
  void everyOtherAnswerStaysAsItIs(String rules) throws Exception {
    start(rules.equals("rule") ? rule("200", "422", "500") : rules, LONG);
    for (String advice : ADVICES.keySet()) {
      for (String way : WAYS) {
        HttpResponse<String> answer = server.send("POST", "/" + advice + "/bug/" + way);
        int status =
            switch (advice) {
              case "text" -> 503;
              case "success" -> 200;
              case "unprocessable" -> 422;
              default -> 500;
            };
        assertEquals(status, answer.statusCode(), advice + way);
        assertTrue(answer.body().matches("(?i).*(failed|Server Error).*"), advice + answer.body());
      }
      HttpResponse<String> well = server.send("POST", "/" + advice + "/conflict/well");
      assertEquals("{\"name\":\"Ada\"}", well.body());
    }
    assertEquals(List.of(), events(0));
  }

  @Test
  void modeObserveChangesNoAnswerAndCountsTheConflict() throws Exception {
    start("{\"rules\": [{\"name\": \"o\", \"write\": \"/*\", \"mode\": \"observe\"}]}", LONG);
    for (String way : WAYS) {
      HttpResponse<String> answer = server.send("POST", "/entity/conflict/" + way);
      assertEquals("500 {\"error\":\"failed\"}", answer.statusCode() + " " + answer.body());
    }
    assertTrue(events(WAYS.size()).stream().noneMatch(ConflictEvent::isAnswered));
  }

  /** An answer in parts is for a client that sees them: none of these is held to its end. */
  @ParameterizedTest
  @CsvSource({
    "500, application/json, 100, true",
    "500, application/json, 100, false",
    "500, application/json, 0, false",
    "200, application/json, 100, false",
    "200, text/event-stream, 60000, false",
    "500, text/event-stream, 60000, false",
    "200, text/html, 60000, false"
  })
  void flushOfAnswerThatGoesOnReachesTheClient(
      int status, String type, String holdMillis, boolean close) throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    server.handle(
        "/stream",
        (request, response) -> {
          response.setStatus(status);
          response.setContentType(type);
          response.getOutputStream().print("first");
          response.flushBuffer();
          assertTrue(response.isCommitted());
          if (close) {
            response.getOutputStream().close();
          }
          await(read);
          if (!close) {
            response.getOutputStream().print("last");
          }
        });
    start(rule("200", "500"), holdMillis);
    assertStreamed(read, "first", close ? "" : "last");
  }

  /** As behind Spring Security: no other thread may release the answer, but the next part does. */
  @Test
  void nextPartReleasesTheAnswerBehindAFilterThatWraps() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    server.filter(SwallowingAdviceTest::wrap);
    server.handle(
        "/stream",
        (request, response) -> {
          response.setStatus(500);
          response.getWriter().print("first");
          response.flushBuffer();
          response.getWriter().print("second");
          response.flushBuffer();
          await(read);
          response.getWriter().print("last");
        });
    start(NO_RULE, LONG);
    assertStreamed(read, "second", "last");
  }

  /** Containers have sent the answer by then, and cannot answer the exception. */
  @Test
  void exceptionAfterTheFlushLeavesTheAnswerAsItWas() throws Exception {
    server.handle(
        "/x",
        (request, response) -> {
          response.setStatus(503);
          response.setContentLength(4);
          response.getOutputStream().print("busy");
          response.flushBuffer();
          response.setHeader("X-Late", "1");
          throw new IllegalStateException("later");
        });
    start(NO_RULE, LONG);
    HttpResponse<String> answer = server.send("POST", "/x");
    assertEquals("503 busy", answer.statusCode() + " " + answer.body());
    assertTrue(answer.headers().firstValue("X-Late").isEmpty());
  }

  @Test
  void exceptionAfterTheFlushThatIsAConflictIsAnswered() throws Exception {
    server.handle(
        "/x",
        (request, response) -> {
          response.setStatus(503);
          response.getOutputStream().print("busy");
          response.flushBuffer();
          request.setAttribute("error", new SQLException("m", "23505"));
          throw new IllegalStateException("later");
        });
    start(NO_RULE, LONG);
    assertConflict(server.send("POST", "/x"), "");
  }

  /** As Spring Security does. */
  private static void wrap(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response));
  }

  private void assertStreamed(CountDownLatch read, String before, String after) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.ask("POST", "/stream", "HTTP/1.1", "Content-Length: 0", "Connection: close");
      client.readUntil(before);
      read.countDown();
      client.readUntil(after);
    } finally {
      read.countDown();
    }
  }

  private static void assertConflict(HttpResponse<String> answer, String way) {
    assertEquals(409, answer.statusCode(), way + answer.body());
    assertTrue(answer.body().contains("\"kind\":\"duplicate-key\""), answer.body());
  }

  /** Exactly so many; each is told after its answer, and some on other threads. */
  private List<ConflictEvent> events(int count) throws InterruptedException {
    List<ConflictEvent> told = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ConflictEvent next = events.poll(30, TimeUnit.SECONDS);
      assertTrue(next != null, told.size() + " events in place of " + count);
      told.add(next);
    }
    server.awaitIdle();
    assertTrue(events.isEmpty());
    return told;
  }

  private static String rule(String... swallowed) {
    return "{\"rules\": [{\"name\": \"all\", \"write\": \"/*\", \"suspectResponses\": [\""
        + String.join("\", \"", swallowed)
        + "\"]}]}";
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(String rules, String holdMillis) throws Exception {
    server
        .rules(rules)
        .attribute(ConflictFilter.LISTENERS, (ConflictListener) events::add)
        .filter(new ConflictFilter(), Map.of("holdMillis", holdMillis));
    ADVICES.forEach(
        (path, advice) ->
            server.servlet("/" + path + "/*", new SpringMvc(FailingController.class, advice)));
    server.start();
  }
}
