package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.BusinessRuleException;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.WrongStateException;
import io.github.conflictguard.problem.StatusProfile;
import io.github.conflictguard.recorder.Recorder;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.rmi.RemoteException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What its owner, and the application itself, say of conflicts beside what is known of them. */
@Tag("container")
class ConflictRulesTest {

  private static final String RULES_OF_README = "bookings.json";

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void exceptionsOfTheApplicationAreConflictsByTheirMessage() throws Exception {
    startByReadme(
        (request, response) -> {
          throw new RemoteException(request.getParameter("message"));
        });
    HttpResponse<String> answer = server.send("POST", "/other?message=ALREADY_BOOKED%20row%20Z");
    assertEquals("business-rule", problem(409, answer).get("kind").asText());
    assertFalse(answer.body().contains("row Z"), answer.body());
    assertEquals(500, server.send("POST", "/other?message=not%20ALREADY_BOOKED").statusCode());
  }

  @Test
  void whatARuleSaysOfAnExceptionComesBeforeItsCodes() throws Exception {
    server.rules(
        """
        {"conflicts": [{"exception": "java.sql.SQLException", "message": "^slot",
          "kind": "wrong-state"}], "rules": []}
        """);
    start(
        Map.of(),
        (request, response) -> {
          throw new SQLException(request.getParameter("message"), "23505");
        });
    assertEquals(
        "wrong-state", problem(409, server.send("PUT", "/x?message=slot")).get("kind").asText());
    assertEquals(
        "duplicate-key", problem(409, server.send("PUT", "/x?message=key")).get("kind").asText());
  }

  @Test
  void exceptionDeclaredToBeNoConflictIsNoneWhateverElseIsFoundInIt() throws Exception {
    server.rules(
        """
        {"conflicts": [
          {"exception": "java.sql.SQLException", "kind": "locked"},
          {"exception": "java.sql.SQLException", "message": "^archive", "kind": "none"}],
         "rules": []}
        """);
    start(
        Map.of(),
        (request, response) -> {
          SQLException thrown = new SQLException(request.getParameter("message"), "23505");
          if (request.getMethod().equals("PUT")) {
            throw thrown;
          }
          ConflictGuard.run(
              () -> {
                throw new IllegalStateException(thrown);
              });
        });
    for (String method : new String[] {"PUT", "POST"}) {
      assertEquals(500, server.send(method, "/x?message=archive").statusCode());
      assertEquals(
          "locked", problem(409, server.send(method, "/x?message=key")).get("kind").asText());
    }
  }

  @Test
  void recordedCauseOfExceptionDeclaredToBeNoConflictIsNone() throws Exception {
    server.rules(
        """
        {"conflicts": [{"exception": "java.lang.IllegalStateException", "kind": "none"}],
         "rules": []}
        """);
    start(
        Map.of(),
        (request, response) -> {
          SQLException cause = new SQLException("m", "23505");
          Recorder.note(cause);
          Recorder.note(
              request.getMethod().equals("PUT")
                  ? new IllegalStateException(cause)
                  : new IllegalArgumentException(cause));
          response.setStatus(500);
        });
    assertEquals(500, server.send("PUT", "/x").statusCode());
    problem(409, server.send("POST", "/x"));
  }

  @Test
  void whatIsThrownGoesOnWhereItIsNotLookedFor() throws Exception {
    start(
        Map.of("detectBy", "attribute, answer, recorder"),
        (request, response) -> {
          throw new SQLException("m", "23505");
        });
    assertEquals(500, server.send("PUT", "/x").statusCode());
    assertEquals(500, server.send("GET", "/x").statusCode());
  }

  @Test
  void aSwallowedConflictIsNamedWithItsFieldAndNothingElse() throws Exception {
    DataSource seats = NotingDataSource.inFrontOf(seats());
    startByReadme(
        (request, response) -> {
          try (Connection connection = seats.getConnection();
              PreparedStatement book =
                  connection.prepareStatement("INSERT INTO seat VALUES (987654321)")) {
            book.executeUpdate();
          } catch (SQLException e) {
            response.setHeader("X-Failed", "yes");
          }
          String to = request.getParameter("to");
          if (to == null) {
            response.getWriter().print("<form>");
          } else {
            response.sendRedirect(request.getContextPath() + to);
          }
        });
    assertEquals(200, server.send("POST", "/booking/1").statusCode());
    for (String path : new String[] {"/booking/1", "/booking/1?to=/bookings"}) {
      HttpResponse<String> answer = server.send("POST", path);
      JsonNode problem = problem(409, answer);
      assertEquals("duplicate-key", problem.get("kind").asText());
      assertEquals("seat", problem.get("field").asText());
      assertFalse(answer.body().toUpperCase(java.util.Locale.ROOT).contains("SEAT_BOOKED_ONCE"));
      assertFalse(answer.body().contains("987654321"), answer.body());
      assertEquals("yes", answer.headers().firstValue("X-Failed").orElse(""));
    }
    assertEquals(302, server.send("POST", "/booking/1?to=/elsewhere").statusCode());
    assertEquals(200, server.send("POST", "/other").statusCode());
  }

  @Test
  void anAnswerStandsForAConflictWithoutAnyException() throws Exception {
    startByReadme(
        (request, response) ->
            response.sendRedirect(request.getContextPath() + "/booking/1?error=taken"));
    HttpResponse<String> answer = server.send("POST", "/booking/1");
    assertEquals("duplicate-key", problem(409, answer).get("kind").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING_REFERENCE, '', 409",
    "MISSING_REFERENCE, missingReferenceStatus, 422",
    "STILL_REFERENCED, missingReferenceStatus, 409",
    "BROKEN_REFERENCE, missingReferenceStatus, 409",
    "LOCKED, '', 409",
    "LOCKED, retryableStatus, 503",
    "TRANSIENT, retryableStatus, 503",
    "DUPLICATE_KEY, retryableStatus, 409"
  })
  void twoStatusesCanBeChosen(ConflictKind kind, String setting, int status) throws Exception {
    String other = setting.equals("retryableStatus") ? "503" : "422";
    start(
        setting.isEmpty() ? Map.of() : Map.of(setting, other),
        (request, response) -> {
          throw new ConflictException(kind, "m");
        });
    HttpResponse<String> answer = server.send("POST", "/x");
    assertEquals(kind.code(), problem(status, answer).get("kind").asText());
    assertEquals(
        kind == ConflictKind.LOCKED || kind == ConflictKind.TRANSIENT,
        answer.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void whatTheApplicationStatesOfAConflictIsInTheAnswer() throws Exception {
    start(
        Map.of(),
        (request, response) -> {
          throw request.getMethod().equals("POST")
              ? new WrongStateException("shipped", List.of("return"))
              : new BusinessRuleException("limit", Map.of("most", "3"));
        });
    JsonNode state = problem(409, server.send("POST", "/x"));
    assertEquals("wrong-state", state.get("kind").asText());
    assertEquals("shipped", state.get("state").asText());
    assertEquals("[\"return\"]", state.get("allowedTransitions").toString());
    JsonNode rule = problem(409, server.send("PUT", "/x"));
    assertEquals("business-rule", rule.get("kind").asText());
    assertEquals("limit", rule.get("rule").asText());
    assertEquals("{\"most\":\"3\"}", rule.get("facts").toString());
  }

  @Test
  void aGuardedMethodMayChooseTheStatus() throws Exception {
    GuardPolicy uniform = GuardPolicy.builder().statusProfile(StatusProfile.UNIFORM).build();
    start(
        Map.of(),
        (request, response) -> {
          if (request.getMethod().equals("GET")) {
            response.setStatus(200);
          } else if (request.getParameter("guarded") == null) {
            throw new Stale();
          } else {
            ConflictGuard.run(
                uniform,
                () -> {
                  throw new Stale();
                });
          }
        });
    assertEquals(412, server.sendBody("PUT", "/x", "{}", "If-Match", "*").statusCode());
    assertEquals(409, server.sendBody("PUT", "/x?guarded", "{}", "If-Match", "*").statusCode());
  }

  private static DataSource seats() throws SQLException {
    JdbcDataSource seats = new JdbcDataSource();
    seats.setURL("jdbc:h2:mem:seats" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    try (Connection connection = seats.getConnection()) {
      connection
          .createStatement()
          .execute("CREATE TABLE seat (id INT, CONSTRAINT seat_booked_once UNIQUE (id))");
    }
    return seats;
  }

  private void startByReadme(Handler handler) throws Exception {
    try (InputStream rules = ConflictRulesTest.class.getResourceAsStream(RULES_OF_README)) {
      server.rules(new String(rules.readAllBytes(), UTF_8));
    }
    start(Map.of(), handler);
  }

  private void start(Map<String, String> initParams, Handler handler) throws Exception {
    server.filter(new ConflictFilter(), initParams).handle("/*", handler).start();
  }

  private static JsonNode problem(int status, HttpResponse<String> answer) throws Exception {
    assertEquals(status, answer.statusCode(), answer.body());
    return new ObjectMapper().readTree(answer.body());
  }

  /** As an application might have one. */
  private static final class Stale extends RuntimeException implements ClassifiedConflict {

    private static final long serialVersionUID = 1L;

    @Override
    public ConflictKind kind() {
      return ConflictKind.STALE_VERSION;
    }
  }
}
