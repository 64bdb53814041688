package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.recorder.Coverage;
import io.github.conflictguard.recorder.Recorder;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.swallow.Customers;
import io.github.conflictguard.servlet.swallow.ErrorView;
import io.github.conflictguard.servlet.swallow.SwallowingServlet;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conflicts that the application keeps to itself, and answers that look like some and are none. */
@Tag("container")
class SwallowedConflictTest {

  private static final String EVERY_ANSWER =
      """
      {"fields": {"uk_customer_email": "e-mail"},
       "rules": [{"name": "all", "write": ["/*", "GET /writing"],
         "suspectResponses": ["2xx", "3xx", "4xx"]}]}
      """;

  private final List<ConflictEvent> events = new CopyOnWriteArrayList<>();
  private final FilterServer server = new FilterServer();
  private Customers customers;

  @AfterEach
  void stop() throws Exception {
    Recorder.end();
    Coverage.uninstall();
    server.close();
  }

  @Test
  void anExceptionInAnAttributeTurnsAFailureIntoAConflict() throws Exception {
    start(false, "{\"fields\": {\"UK_Customer_Email\": \"e-mail\"}, \"rules\": []}");
    assertStored("/app/attribute");
    JsonNode problem = assertConflict("/app/attribute", Found.ATTRIBUTE);
    assertEquals("e-mail", problem.get("field").asText());
    assertFalse(problem.toString().toLowerCase(java.util.Locale.ROOT).contains("uk_customer"));
    assertEquals("UK_CUSTOMER_EMAIL", events().get(0).constraint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/commit-later?throw&", "/app/commit-later?"})
  void aFailureAfterWhatTheAgentSawIsAConflict(String path) throws Exception {
    start(true, "{\"rules\": []}");
    assertStored(path);
    assertConflict(path, Found.RECORDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/commit-later?throw&", "/app/commit-later?"})
  void withoutTheAgentItStaysWhatItIs(String path) throws Exception {
    start(false, EVERY_ANSWER);
    assertStored(path);
    assertEquals(500, add(path).statusCode());
    assertNoEvents();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/catch-all", "/app/redirect"})
  void anAnswerOfSuccessIsAConflictOnlyWhereTheRuleSaysSo(String path) throws Exception {
    start(true, EVERY_ANSWER);
    assertStored(path);
    assertConflict(path, Found.RECORDER);
  }

  /** A second attempt may have stored: nothing would have reported that. */
  @ParameterizedTest
  @CsvSource({"/app/catch-all, 200", "/app/redirect, 302", "/app/commit-later?, 409"})
  void successIsBelievedWhereNoDriverReportsWhatItStored(String path, int status) throws Exception {
    start(true, EVERY_ANSWER);
    Coverage.uninstall();
    assertStored(path);
    assertEquals(status, add(path).statusCode());
  }

  @ParameterizedTest
  @CsvSource({"/app/catch-all, 200", "/app/redirect, 302"})
  void withoutARuleAnAnswerOfSuccessIsBelieved(String path, int status) throws Exception {
    start(true, "{\"rules\": []}");
    assertStored(path);
    assertEquals(status, add(path).statusCode());
    assertNoEvents();
  }

  @ParameterizedTest
  @ValueSource(strings = {"302 /list", "302", "3xx /l*", "302 *"})
  void aRedirectIsKnownByWhereItLeads(String swallowed) throws Exception {
    start(
        true,
        "{\"rules\": [{\"name\": \"c\", \"write\": \"/app/redirect\", \"suspectResponses\": \"%s\"}]}"
            .formatted(swallowed));
    assertStored("/app/redirect");
    assertConflict("/app/redirect", Found.RECORDER);
  }

  @Test
  void aRedirectToElsewhereIsBelieved() throws Exception {
    start(
        true,
        """
        {"rules": [{"name": "c", "write": "/app/redirect", "suspectResponses": ["302 /edit*", "200"]}]}
        """);
    assertStored("/app/redirect");
    assertEquals(302, add("/app/redirect").statusCode());
    assertNoEvents();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/retry?", "/app/retry?status=500&", "/app/retry?status=400&"})
  void whoeverTriedAgainAndStoredIsNotAccused(String path) throws Exception {
    start(true, EVERY_ANSWER);
    add(path);
    HttpResponse<String> second = add(path);
    assertEquals("<p>Stored</p>", second.body());
    assertEquals(2, customers.count());
    assertNoEvents();
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 409, 412, 428})
  void anOwnAnswerOfThisSortIsPassedOn(int status) throws Exception {
    start(
        true,
        EVERY_ANSWER,
        (request, response) -> {
          Recorder.note(new SQLException("m", "23505"));
          request.setAttribute("exception", new SQLException("m", "23505"));
          if (request.getParameter("error") != null) {
            response.sendError(status);
          } else {
            response.setStatus(status);
            response.setHeader("X-Own", "yes");
          }
        });
    HttpResponse<String> answer = server.send("POST", "/x");
    assertEquals(status, answer.statusCode());
    assertEquals("yes", answer.headers().firstValue("X-Own").orElse("no"));
    if (status != 304) {
      answer = server.send("POST", "/x?error");
      assertEquals(status, answer.statusCode());
    }
    assertFalse(answer.body().contains("duplicate-key"));
    assertNoEvents();
  }

  /** Spring MVC calls sendError first, and then leaves the exception in the request. */
  @Test
  void anErrorIsAConflictEvenIfItsReasonComesLater() throws Exception {
    start(
        false,
        "{\"rules\": []}",
        (request, response) -> {
          response.sendError(500);
          request.setAttribute("any.name.at.all", new SQLException("m", "23505"));
        });
    assertEquals("duplicate-key", problem(server.send("PUT", "/x")).get("kind").asText());
  }

  @Test
  void whatWasThereBeforeTheApplicationRanIsNoEvidence() throws Exception {
    server.filter(
        (request, response, chain) -> {
          request.setAttribute("exception", new SQLException("m", "23505"));
          chain.doFilter(request, response);
        });
    start(false, EVERY_ANSWER, (request, response) -> response.setStatus(500));
    assertEquals(500, server.send("PUT", "/x").statusCode());
  }

  @Test
  void theAnswerAloneIsEvidenceWhereARuleSaysSo() throws Exception {
    start(
        false,
        """
        {"rules": [{"name": "c", "write": "/x",
          "conflictResponses": [{"answer": "302 /customers?error=duplicate*", "kind": "duplicate-key"},
                      {"answer": "422", "kind": "wrong-state"}]}]}
        """,
        (request, response) -> {
          String to = request.getParameter("to");
          if (to == null) {
            response.setStatus(422);
            response.getWriter().print("own");
          } else {
            response.sendRedirect(to);
          }
        });
    assertEquals("wrong-state", problem(server.send("POST", "/x")).get("kind").asText());
    String host = "http://127.0.0.1:" + server.port();
    for (String to :
        new String[] {
          "customers?error=duplicate%26x",
          "/app/customers;jsessionid=1?error=duplicate",
          host + "/app/customers?error=duplicate"
        }) {
      HttpResponse<String> answer = server.send("POST", "/x?to=" + to);
      assertEquals("duplicate-key", problem(answer).get("kind").asText());
    }
    assertEquals(Found.ANSWER, events().get(0).found());
    assertEquals(302, server.send("POST", "/x?to=customers").statusCode());
    assertEquals(
        302, server.send("POST", "/x?to=http://a.test/app/customers?error=duplicate").statusCode());
    assertEquals(4, events().size());
  }

  @Test
  void readsAreNotWatchedUnlessARuleCallsThemWrites() throws Exception {
    start(true, EVERY_ANSWER, failing());
    assertEquals(500, server.send("GET", "/x").statusCode());
    assertEquals(500, server.send("OPTIONS", "/x").statusCode());
    assertEquals(409, server.send("GET", "/writing").statusCode());
    assertEquals(409, server.send("POST", "/x").statusCode());
  }

  @Test
  void anErrorOfTheVirtualMachineIsNeverReplaced() throws Exception {
    start(
        true,
        EVERY_ANSWER,
        (request, response) -> {
          Recorder.note(new SQLException("m", "23505"));
          response.sendError(500);
          throw new AssertionError("x");
        });
    assertEquals(500, server.send("POST", "/x").statusCode());
  }

  @Test
  void whatWasSentIsNotTouched() throws Exception {
    start(
        true,
        "{\"rules\": []}",
        (request, response) -> {
          response.setStatus(500);
          response.getOutputStream().print("sent");
          response.flushBuffer();
          Recorder.note(new SQLException("m", "23505"));
        });
    assertEquals("sent", server.send("POST", "/x").body());
    assertEquals(1, events().size());
    assertFalse(events().get(0).isAnswered());
  }

  @Test
  void anExceptionAfterAFailureThatWasSentGoesOnAsTheSameInstance() throws Exception {
    IllegalStateException thrown = new IllegalStateException("later");
    List<Throwable> seen = new CopyOnWriteArrayList<>();
    server.filter(
        (request, response, chain) -> {
          try {
            chain.doFilter(request, response);
          } catch (RuntimeException e) {
            seen.add(e);
          }
        });
    start(
        true,
        "{\"rules\": []}",
        (request, response) -> {
          response.setStatus(500);
          response.getOutputStream().print("sent");
          response.flushBuffer();
          Recorder.note(new SQLException("m", "23505"));
          throw thrown;
        });
    assertEquals("sent", server.send("POST", "/x").body());
    server.awaitIdle();
    assertEquals(List.of(thrown), seen);
    assertEquals(List.of(false), events().stream().map(ConflictEvent::isAnswered).toList());
  }

  /** Then the connection has failed, and not the application. */
  @Test
  void anExceptionAfterAnAnswerThatWasSentDoesNotMakeItAFailure() throws Exception {
    start(
        true,
        "{\"rules\": []}",
        (request, response) -> {
          response.setContentLength(2);
          response.getOutputStream().print("ok");
          response.flushBuffer();
          Recorder.note(new SQLException("m", "23505"));
          throw new IOException("broken pipe");
        });
    try {
      server.send("POST", "/x");
    } catch (IOException e) {
      // Cut off by the container.
    }
    assertNoEvents();
  }

  @Test
  void theNewestConflictIsTheOneThatCounts() throws Exception {
    start(
        true,
        "{\"rules\": []}",
        (request, response) -> {
          Recorder.note(new SQLException("m", "40001"));
          Recorder.note(new SQLException("m", "23503"));
          Recorder.note(new SQLException("not null", "23502"));
          response.sendError(500);
        });
    assertEquals("broken-reference", problem(server.send("POST", "/x")).get("kind").asText());
  }

  @Test
  void aDispatchedPassIsWatchedAsWell() throws Exception {
    start(
        true,
        "{\"rules\": []}",
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.ASYNC) {
            Recorder.note(new SQLException("m", "23505"));
            response.sendError(500);
          } else {
            request.startAsync().dispatch();
          }
        });
    assertEquals("duplicate-key", problem(server.send("POST", "/x")).get("kind").asText());
  }

  @Test
  void whatAnIncludedPartSaysIsNotTheAnswer() throws Exception {
    server.handle("/part", (request, response) -> response.sendError(500));
    start(
        true,
        "{\"rules\": []}",
        (request, response) -> {
          Recorder.note(new SQLException("m", "23505"));
          request.getRequestDispatcher("/part").include(request, response);
          response.getWriter().print("ok");
        });
    HttpResponse<String> answer = server.send("POST", "/x");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("ok", answer.body());
    assertNoEvents();
  }

  /** Longer than what the container itself would hold; and decided where the limit is reached. */
  @ParameterizedTest
  @CsvSource({"1048576, true", "1000, true", "1000, false"})
  void aLongAnswerIsReplacedIfTheConflictWasThereInTime(int limit, boolean inTime)
      throws Exception {
    start(
        true,
        EVERY_ANSWER,
        Map.of("bufferLimit", String.valueOf(limit)),
        (request, response) -> {
          SQLException duplicate = new SQLException("m", "23505");
          if (inTime) {
            Recorder.note(duplicate);
          }
          response.getOutputStream().write(new byte[200_000]);
          Recorder.note(duplicate);
        });
    assertEquals(inTime ? 409 : 200, server.send("POST", "/x").statusCode());
    assertEquals(List.of(inTime), events().stream().map(ConflictEvent::isAnswered).toList());
  }

  /** It belongs to another thread from then on. */
  @Test
  void whatHasBecomeAsynchronousIsLeftToItsThread() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    server.filter(
        (request, response, chain) -> {
          chain.doFilter(request, response);
          returned.countDown();
        });
    start(
        true,
        EVERY_ANSWER,
        (request, response) -> {
          Recorder.note(new SQLException("m", "23505"));
          AsyncContext async = request.startAsync();
          async.start(
              () -> {
                try {
                  returned.await();
                  async.getResponse().getWriter().print("ok");
                  async.complete();
                } catch (InterruptedException | IOException e) {
                  throw new IllegalStateException(e);
                }
              });
        });
    HttpResponse<String> answer = server.send("POST", "/x");
    assertEquals(200, answer.statusCode());
    assertEquals("ok", answer.body());
    assertNoEvents();
  }

  @Test
  void modeObserveCountsAndChangesNothing() throws Exception {
    start(
        true,
        """
        {"rules": [{"name": "all", "write": "/*", "mode": "observe", "suspectResponses": ["2xx", "3xx"]}]}
        """);
    add("/app/catch-all");
    // In their order: each is told of after its answer was sent.
    assertEquals("<p>Something went wrong</p>", add("/app/catch-all").body());
    server.awaitIdle();
    assertEquals(302, add("/app/redirect").statusCode());
    server.awaitIdle();
    assertTrue(add("/app/attribute").body().contains("<h1>Error</h1>"));
    server.awaitIdle();
    assertEquals(500, add("/app/commit-later?throw&").statusCode());
    server.awaitIdle();
    assertEquals(500, add("/app/commit-later?").statusCode());
    assertEquals(
        List.of(Found.RECORDER, Found.RECORDER, Found.ATTRIBUTE, Found.RECORDER, Found.RECORDER),
        events().stream().map(ConflictEvent::found).toList());
    assertTrue(events().stream().noneMatch(ConflictEvent::isAnswered));
  }

  @Test
  void modeObserveHoldsNothingBack() throws Exception {
    List<Boolean> committed = new CopyOnWriteArrayList<>();
    start(
        true,
        """
        {"rules": [{"name": "x", "write": "/x", "mode": "observe", "suspectResponses": "2xx"}]}
        """,
        (request, response) -> {
          response.getOutputStream().write(new byte[200_000]);
          committed.add(response.isCommitted());
        });
    assertEquals(200, server.send("POST", "/x").statusCode());
    assertEquals(List.of(true), committed);
  }

  @ParameterizedTest
  @CsvSource({"'thrown,answer', 500", "'attribute', 409", "'', 500"})
  void eachWayToFindCanBeSwitchedOff(String detectBy, int status) throws Exception {
    start(true, "{\"rules\": []}", Map.of("detectBy", detectBy), failing());
    assertEquals(status, server.send("POST", "/x").statusCode());
  }

  /** A repeated write must not be told that it succeeded the first time. */
  @Test
  void aSwallowedConflictIsNotReplayed() throws Exception {
    Note note = new Note("{}");
    start(
        true,
        EVERY_ANSWER,
        (request, response) -> {
          note.handle(request, response);
          if (request.getMethod().equals("PUT")) {
            Recorder.note(new SQLException("m", "23505"));
          }
        });
    String tag = server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
    for (int status : new int[] {409, 412}) {
      HttpResponse<String> answer =
          server.sendBody("PUT", "/x", "{\"half\":1}", "If-Match", tag, "Idempotency-Key", "1");
      assertEquals(status, answer.statusCode(), answer.body());
    }
  }

  /** The thread goes back to the pool, and the next request may be anybody's. */
  @ParameterizedTest
  @ValueSource(strings = {"answer", "exception", "conflict", "error", "async"})
  void noRecordingOutlivesItsRequest(String end) throws Exception {
    BlockingQueue<Integer> left = new LinkedBlockingQueue<>();
    server.filter(
        (request, response, chain) -> {
          try {
            chain.doFilter(request, response);
          } finally {
            Recorder.note(new SQLException("m", "23505"));
            left.add(Recorder.soFar().length);
          }
        });
    start(
        true,
        EVERY_ANSWER,
        (request, response) -> {
          switch (end) {
            case "answer" -> response.setStatus(204);
            case "exception" -> throw new IllegalStateException("no conflict");
            case "conflict" -> throw new SQLException("m", "23505");
            case "error" -> throw new AssertionError("x");
            default -> request.startAsync().complete();
          }
        });
    server.send("POST", "/x");
    assertEquals(0, left.poll(30, TimeUnit.SECONDS), "the client may have its answer before");
  }

  @Test
  void withoutTheWayOfRecordersNothingIsRecorded() throws Exception {
    List<Integer> noted = new CopyOnWriteArrayList<>();
    start(
        true,
        EVERY_ANSWER,
        Map.of("detectBy", "thrown, attribute, answer"),
        (request, response) -> {
          Recorder.note(new SQLException("m", "23505"));
          noted.add(Recorder.soFar().length);
          response.sendError(500);
        });
    assertEquals(500, server.send("POST", "/x").statusCode());
    assertEquals(List.of(0), noted);
  }

  @Test
  void withoutTheWayOfAnswersTheyAreBelieved() throws Exception {
    start(
        false,
        "{\"rules\": [{\"name\": \"c\", \"write\": \"/x\","
            + " \"conflictResponses\": [{\"answer\": \"422\", \"kind\": \"wrong-state\"}]}]}",
        Map.of("detectBy", "thrown, attribute, recorder"),
        (request, response) -> response.setStatus(422));
    assertEquals(422, server.send("POST", "/x").statusCode());
  }

  /** What was found beside it tells the constraint, if it is the same conflict. */
  @Test
  void aRuleAboutAnswersIsBelievedBeforeWhatWasFoundBeside() throws Exception {
    SQLException duplicate = new SQLException("m", "23505");
    start(
        true,
        """
        {"rules": [{"name": "c", "write": "/x",
          "conflictResponses": [{"answer": "422", "kind": "wrong-state"},
                      {"answer": "400", "kind": "duplicate-key"}]}]}
        """,
        (request, response) -> {
          Recorder.note(duplicate);
          response.setStatus(Integer.parseInt(request.getParameter("status")));
        });
    assertEquals("wrong-state", problem(server.send("POST", "/x?status=422")).get("kind").asText());
    assertEquals(Found.ANSWER, events().get(0).found());
    assertSame(duplicate, events().get(0).thrown(), "the log has it beside");
    server.send("POST", "/x?status=400");
    assertEquals("duplicate-key", events().get(1).kind());
    assertEquals(Found.RECORDER, events().get(1).found());
  }

  private static Handler failing() {
    return (request, response) -> {
      SQLException duplicate = new SQLException("m", "23505");
      Recorder.note(duplicate);
      request.setAttribute("exception", duplicate);
      response.sendError(500);
    };
  }

  private void start(boolean agent, String rules) throws Exception {
    start(agent, rules, (request, response) -> response.setStatus(204));
  }

  private void start(boolean agent, String rules, Handler handler) throws Exception {
    start(agent, rules, Map.of(), handler);
  }

  private void start(boolean agent, String rules, Map<String, String> initParams, Handler handler)
      throws Exception {
    DataSource database = Customers.newDatabase();
    customers = new Customers(agent ? NotingDataSource.inFrontOf(database) : database);
    server
        .rules(rules)
        .attribute(ConflictFilter.LISTENERS, (ConflictListener) events::add)
        .filter(new ConflictFilter(), initParams)
        .servlet("/app/*", new SwallowingServlet(customers))
        .servlet("/error-view", new ErrorView())
        .handle("/x", handler)
        .handle("/writing", handler)
        .start();
  }

  /** All there are to be. */
  private List<ConflictEvent> events() throws InterruptedException {
    server.awaitIdle();
    return events;
  }

  private void assertNoEvents() throws InterruptedException {
    assertEquals(List.of(), events());
  }

  private HttpResponse<String> add(String path) throws IOException, Exception {
    String separator = path.contains("?") ? "" : "?";
    return server.send("POST", path + separator + "email=ada@example.org");
  }

  private void assertStored(String path) throws Exception {
    HttpResponse<String> first = add(path);
    assertTrue(first.statusCode() == 302 || first.body().equals("<p>Stored</p>"), first.body());
    assertEquals(1, customers.count());
    assertNoEvents();
  }

  private JsonNode assertConflict(String path, Found found) throws Exception {
    JsonNode problem = problem(add(path));
    assertEquals("duplicate-key", problem.get("kind").asText());
    assertEquals(1, customers.count());
    assertEquals(1, events().size());
    assertEquals(found, events().get(0).found());
    assertEquals(problem.get("instance").asText(), events().get(0).instance());
    assertTrue(events().get(0).isAnswered());
    return problem;
  }

  private static JsonNode problem(HttpResponse<String> answer) throws Exception {
    assertEquals(409, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertFalse(answer.body().contains("ada@example.org"), answer.body());
    return new ObjectMapper().readTree(answer.body());
  }
}
