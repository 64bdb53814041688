package io.github.conflictguard.precondition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, sections 13.1.1, 13.1.2 and 13.2, as tables. The columns: If-Match, If-None-Match. */
class PreconditionEvaluatorTest {

  @ParameterizedTest(name = "{0} If-Match {1}, now {2}: {3}")
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "PUT    | \"a\"         | \"a\"      | PROCEED",
        "PUT    | \"a\"         | \"b\"      | FAILED",
        "PUT    | \"a\", \"b\"  | \"b\"      | PROCEED",
        "PUT    | W/\"a\"       | \"a\"      | FAILED",
        "PUT    | \"a\"         | W/\"a\"    | FAILED",
        "PUT    | W/\"a\"       | W/\"a\"    | FAILED",
        "PUT    | \"A\"         | \"a\"      | FAILED",
        "PUT    | ''            | \"a\"      | FAILED",
        "PUT    | \"a\"         | untagged   | FAILED",
        "PUT    | \"a\"         | absent     | FAILED",
        "PUT    | \"a\"         | unreadable | FAILED",
        "PUT    | *             | \"a\"      | PROCEED",
        "PUT    | *             | W/\"a\"    | PROCEED",
        "PUT    | *             | untagged   | PROCEED",
        "PUT    | *             | absent     | FAILED",
        "PUT    | *             | unreadable | FAILED",
        "DELETE | \"a\"         | \"b\"      | FAILED",
        "PATCH  | \"a\"         | \"b\"      | FAILED",
        "POST   | \"a\"         | \"b\"      | FAILED",
        "MOVE   | \"a\"         | \"b\"      | FAILED",
        "GET    | \"a\"         | \"a\"      | PROCEED",
        "GET    | \"a\"         | \"b\"      | FAILED",
        "HEAD   | \"a\"         | \"b\"      | FAILED",
        "OPTIONS| \"a\"         | \"b\"      | PROCEED",
        "TRACE  | \"a\"         | \"b\"      | PROCEED",
        "CONNECT| \"a\"         | \"b\"      | PROCEED",
      })
  void section13_1_1(String method, String ifMatch, String now, Outcome outcome) throws Exception {
    assertEquals(outcome, evaluate(method, ifMatch, null, now).outcome());
  }

  @ParameterizedTest(name = "{0} If-None-Match {1}, now {2}: {3}")
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "GET    | \"a\"         | \"a\"      | NOT_MODIFIED",
        "HEAD   | \"a\"         | \"a\"      | NOT_MODIFIED",
        "GET    | W/\"a\"       | \"a\"      | NOT_MODIFIED",
        "GET    | \"a\"         | W/\"a\"    | NOT_MODIFIED",
        "GET    | \"x\", \"a\"  | \"a\"      | NOT_MODIFIED",
        "GET    | \"a\"         | \"b\"      | PROCEED",
        "GET    | ''            | \"a\"      | PROCEED",
        "GET    | *             | \"a\"      | NOT_MODIFIED",
        "GET    | *             | untagged   | NOT_MODIFIED",
        "GET    | \"a\"         | untagged   | PROCEED",
        "GET    | *             | absent     | PROCEED",
        "PUT    | *             | \"a\"      | FAILED",
        "PUT    | *             | untagged   | FAILED",
        "PUT    | *             | absent     | PROCEED",
        "PUT    | *             | unreadable | FAILED",
        "PUT    | \"a\"         | \"a\"      | FAILED",
        "PUT    | W/\"a\"       | \"a\"      | FAILED",
        "PUT    | \"a\"         | \"b\"      | PROCEED",
        "PUT    | \"a\"         | unreadable | FAILED",
        "POST   | *             | \"a\"      | FAILED",
        "DELETE | \"a\"         | W/\"a\"    | FAILED",
        "OPTIONS| *             | \"a\"      | PROCEED",
      })
  void section13_1_2(String method, String ifNoneMatch, String now, Outcome outcome)
      throws Exception {
    assertEquals(outcome, evaluate(method, null, ifNoneMatch, now).outcome());
  }

  @ParameterizedTest(name = "{0} If-Match {1}, If-None-Match {2}, now {3}: {4} by {5}")
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "GET | \"a\" | \"a\" | \"a\"  | NOT_MODIFIED | If-None-Match",
        "GET | \"a\" | \"b\" | \"a\"  | PROCEED      |",
        "GET | \"b\" | \"a\" | \"a\"  | FAILED       | If-Match",
        "PUT | \"a\" | \"a\" | \"a\"  | FAILED       | If-None-Match",
        "PUT | \"b\" | \"a\" | \"a\"  | FAILED       | If-Match",
        "PUT | \"a\" | \"b\" | \"a\"  | PROCEED      |",
        "PUT | *     | *     | \"a\"  | FAILED       | If-None-Match",
        "PUT | *     | *     | absent | FAILED       | If-Match",
      })
  void section13_2_2(
      String method,
      String ifMatch,
      String ifNoneMatch,
      String now,
      Outcome outcome,
      @Nullable String header)
      throws Exception {
    PreconditionDecision decision = evaluate(method, ifMatch, ifNoneMatch, now);
    assertEquals(outcome, decision.outcome());
    assertEquals(header, decision.header());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST", "MOVE"})
  void anUnreadablePreconditionStopsAWrite(String method) {
    PreconditionDecision decision =
        PreconditionEvaluator.admit(method, headers("\"a\"", "a, b"), false);
    assertEquals(Outcome.MALFORMED, decision.outcome());
    assertEquals("If-None-Match", decision.header());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void anUnreadablePreconditionOfAReadCountsAsAbsent(String method) throws Exception {
    ConditionalHeaders headers = headers(null, "garbage");
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit(method, headers, false).outcome());
    assertEquals(Outcome.PROCEED, evaluate(method, null, "garbage", "\"a\"").outcome());
  }

  @Test
  void aDemandedPreconditionIsMissedOnWritesAlone() {
    ConditionalHeaders none = headers(null, null);
    assertEquals(Outcome.REQUIRED, PreconditionEvaluator.admit("PUT", none, true).outcome());
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit("PUT", none, false).outcome());
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit("GET", none, true).outcome());
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit("OPTIONS", none, true).outcome());
    assertEquals(
        Outcome.PROCEED,
        PreconditionEvaluator.admit("PUT", headers("", null), true).outcome(),
        "an empty list is a precondition, one that never holds");
  }

  private static PreconditionDecision evaluate(
      String method, @Nullable String ifMatch, @Nullable String ifNoneMatch, String now)
      throws Exception {
    return PreconditionEvaluator.evaluate(method, headers(ifMatch, ifNoneMatch), state(now));
  }

  private static ConditionalHeaders headers(
      @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    return ConditionalHeaders.parse(lines(ifMatch), lines(ifNoneMatch));
  }

  private static List<String> lines(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static SelectedRepresentation state(String now) throws Exception {
    return switch (now) {
      case "absent" -> SelectedRepresentation.absent();
      case "untagged" -> SelectedRepresentation.untagged();
      case "unreadable" -> SelectedRepresentation.unreadable();
      default -> SelectedRepresentation.tagged(EntityTag.parse(now));
    };
  }
}
