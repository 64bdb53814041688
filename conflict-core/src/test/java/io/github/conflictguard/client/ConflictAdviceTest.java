package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemJson;
import io.github.conflictguard.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictAdviceTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String PROBLEM = "application/problem+json";

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** What the filter sends is understood: each of its types. */
  @ParameterizedTest
  @EnumSource
  void everyProblemOfTheFilterIsRead(ProblemType type) {
    ProblemDetail problem = ProblemDetail.of(type, "/orders/1").build();
    ConflictAdvice advice = problem(type.status(), new String(ProblemJson.write(problem), UTF_8));
    assertEquals(type.kind(), advice.kind());
    assertEquals(type.detail(), advice.detail());
    RetryAdvice expected =
        switch (type.retry().code()) {
          case "refresh-then-retry", "with-precondition" -> RetryAdvice.REFRESH;
          case "same-request" -> RetryAdvice.SAME;
          case "with-new-key" -> RetryAdvice.NEW_KEY;
          case "never", "after-state-change" -> RetryAdvice.NEVER;
          default -> throw new AssertionError(type.retry());
        };
    assertEquals(expected, advice.retry());
    assertEquals(type.kind().equals("already-applied"), advice.isAlreadyApplied());
    assertEquals(expected == RetryAdvice.SAME, advice.isRepeatable());
  }

  @ParameterizedTest
  @CsvSource({
    "200,, NEVER",
    "204, 1, NEVER",
    "304,, NEVER",
    "400,, NEVER",
    "401,, NEVER",
    "404,, NEVER",
    "408,, SAME",
    "408, 1, WAIT",
    "409,, NEVER",
    "409, 1, WAIT",
    "412,, REFRESH",
    "412, 1, REFRESH",
    "422,, NEVER",
    "425,, SAME",
    "428,, REFRESH",
    "429,, SAME",
    "429, 1, WAIT",
    "500, 1, NEVER",
    "502,, NEVER",
    "503,, SAME",
    "503, 1, WAIT",
    "504,, NEVER",
  })
  void statusDecidesWhereThereAreNoProblemDetails(
      int status, String retryAfter, RetryAdvice expected) {
    if (retryAfter != null) {
      headers.put("Retry-After", retryAfter);
    }
    ConflictAdvice advice = of(status, "");
    assertEquals(expected, advice.retry());
    assertFalse(advice.isRepeatable());
    assertNull(advice.kind());
  }

  @ParameterizedTest
  @CsvSource({
    "409, true,, SAME",
    "409, TRUE,, SAME",
    "500, true,, SAME",
    "503, false,, NEVER",
    "429, false,, NEVER",
    "409, false,, NEVER",
    "412, false,, REFRESH",
    "412, true,, SAME",
    "409, false, same-request, NEVER",
    "409, true, never, NEVER",
    "409, true, same-request, SAME",
    "412, true, refresh-then-retry, REFRESH",
    "409, perhaps, same-request, SAME",
    "409,, something-new, NEVER",
  })
  void bothValuesOfShouldRetryAreObeyed(
      int status, String shouldRetry, String hint, RetryAdvice expected) {
    if (shouldRetry != null) {
      headers.put("x-should-retry", shouldRetry);
    }
    ConflictAdvice advice =
        hint == null
            ? of(status, "")
            : problem(status, "{\"retry\":{\"advice\":\"" + hint + "\"}}");
    assertEquals(expected, advice.retry());
    assertEquals(expected == RetryAdvice.SAME, advice.isRepeatable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "idempotency-key-malformed",
        "idempotency-key-missing",
        "idempotency-key-reused",
      })
  void wrongKeyRequiresANewOne(String kind) {
    ConflictAdvice advice =
        problem(422, "{\"kind\":\"" + kind + "\",\"retry\":{\"advice\":\"never\"}}");
    assertEquals(RetryAdvice.NEW_KEY, advice.retry());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | | 0",
        "7 | | 7",
        " 7  | | 7",
        "2147483648999 | | 2147483647",
        "99999999999999999999999 | | 2147483647",
        "Sat, 28 Nov 2026 12:00:05 GMT | | 5",
        // The clock of the server is an hour ahead.
        "Sat, 28 Nov 2026 13:00:05 GMT | Sat, 28 Nov 2026 13:00:00 GMT | 5",
        "Sat, 28 Nov 2026 11:00:00 GMT | | 0",
        "Saturday, 28-Nov-26 12:00:09 GMT | Sat, 28 Nov 2026 12:00:00 GMT | 9",
        "Sat, 28 Nov 2026 12:00:05 GMT | nonsense | 5",
        "-1 | | ",
        "1.5 | | ",
        "soon | | ",
        "'' | | ",
        "+5 | | ",
        "\u0661 | | ",
      })
  void retryAfterIsANumberOfSecondsOrADateByTheClockOfTheServer(
      String value, String date, Long seconds) {
    headers.put("Retry-After", value);
    if (date != null) {
      headers.put("Date", date);
    }
    Duration after = of(503, "").after();
    assertEquals(seconds, after == null ? null : Long.valueOf(after.getSeconds()));
  }

  @Test
  void retryAfterOfTheProblemCountsWhereTheHeaderIsMissing() {
    String body = "{\"retry\":{\"advice\":\"same-request\",\"after\":2}}";
    assertEquals(Duration.ofSeconds(2), problem(409, body).after());
    assertEquals(RetryAdvice.WAIT, problem(409, body).retry());
    headers.put("Retry-After", "9");
    assertEquals(Duration.ofSeconds(9), problem(409, body).after());
  }

  @ParameterizedTest
  @CsvSource({
    "200, '\"a\"', '\"a\"'",
    "412, '\"a\"', '\"a\"'",
    "412, 'W/\"a\"', 'W/\"a\"'",
    "304, '\"a\"', '\"a\"'",
    "404, '\"a\"',",
    "500, '\"a\"',",
    "412, 'a',",
    "412, '\"a\", \"b\"',",
    "412, '*',",
  })
  void currentTagIsThatOfTheResourceAsItWasSent(int status, String tag, String expected) {
    headers.put("etag", tag);
    assertEquals(expected, of(status, "").currentTag());
  }

  @Test
  void changesAndMembersAreUnmodifiable() {
    ConflictAdvice advice =
        problem(
            412,
            "{\"changes\":[{\"pointer\":\"/phone\",\"by\":\"theirs\"},{\"by\":1},7],\"x\":null}");
    assertEquals(List.of(Map.of("pointer", "/phone", "by", "theirs"), Map.of()), advice.changes());
    assertTrue(advice.problem().containsKey("x"));
    assertThrows(UnsupportedOperationException.class, () -> advice.changes().clear());
    assertThrows(UnsupportedOperationException.class, () -> advice.problem().clear());
  }

  /** RFC 9457, 3.1: a member of the wrong type counts as missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "null",
        "\"retry\"",
        "{\"kind\":7,\"retry\":\"same-request\",\"changes\":{}}",
        "{\"kind\":null,\"retry\":[],\"changes\":[[]]}",
        "{\"retry\":{\"advice\":7,\"after\":\"soon\"}}",
        "{\"retry\":{\"after\":-1}}",
        "{\"retry\":{\"after\":99999999999}}",
        "\u0000",
      })
  void bodyThatIsNotAProblemLeavesTheDecisionToTheStatus(String body) {
    ConflictAdvice advice = problem(412, body);
    assertEquals(RetryAdvice.REFRESH, advice.retry());
    assertNull(advice.kind());
    assertNull(advice.after());
    assertEquals(List.of(), advice.changes());
  }

  @Test
  void deeplyNestedAndLongBodiesAreIgnored() {
    assertEquals(Map.of(), problem(409, "[".repeat(100_000)).problem());
    String longest = "{\"kind\":\"x\",\"a\":\"" + "a".repeat(300_000) + "\"}";
    assertEquals(Map.of(), problem(409, longest).problem());
  }

  @ParameterizedTest
  @CsvSource({
    "application/problem+json, locked",
    "Application/Problem+JSON; charset=utf-8, locked",
    "application/json,",
    "text/html,",
    "application/problem+jsonx,",
    ",",
  })
  void onlyProblemDetailsAreRead(String type, String kind) {
    if (type != null) {
      headers.put("Content-Type", type);
    }
    assertEquals(kind, of(409, "{\"kind\":\"locked\"}").kind());
  }

  @Test
  void everyKindOfConflictHasAnAdviceThatIsNotByStatus() {
    for (ConflictKind kind : ConflictKind.values()) {
      ProblemDetail problem = ProblemDetail.of(ProblemType.of(kind), "/x").build();
      String body = new String(ProblemJson.write(problem), UTF_8);
      // Where retryableStatus or statusProfile changes the status, the advice stays.
      assertEquals(problem(409, body).retry(), problem(503, body).retry(), kind.toString());
    }
  }

  private ConflictAdvice problem(int status, String body) {
    headers.put("Content-Type", PROBLEM);
    return of(status, body);
  }

  private ConflictAdvice of(int status, String body) {
    return ConflictAdvice.of(status, headers::get, body.getBytes(UTF_8), NOW);
  }
}
