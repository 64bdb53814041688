package io.github.conflictguard.precondition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, sections 13.1.1 to 13.1.4 and 13.2, as tables. */
class PreconditionEvaluatorTest {

  private static final String IF_MODIFIED_SINCE = ConditionalHeaders.IF_MODIFIED_SINCE;
  private static final String IF_UNMODIFIED_SINCE = ConditionalHeaders.IF_UNMODIFIED_SINCE;
  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

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
        PreconditionEvaluator.admit(method, tagHeaders("\"a\"", "a, b"), false);
    assertEquals(Outcome.MALFORMED, decision.outcome());
    assertEquals("If-None-Match", decision.header());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void anUnreadablePreconditionOfAReadCountsAsAbsent(String method) throws Exception {
    ConditionalHeaders headers = tagHeaders(null, "garbage");
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit(method, headers, false).outcome());
    assertEquals(Outcome.PROCEED, evaluate(method, null, "garbage", "\"a\"").outcome());
  }

  @Test
  void aDemandedPreconditionIsMissedOnWritesAlone() {
    ConditionalHeaders none = tagHeaders(null, null);
    assertEquals(Outcome.REQUIRED, PreconditionEvaluator.admit("PUT", none, true).outcome());
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit("PUT", none, false).outcome());
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit("GET", none, true).outcome());
    assertEquals(Outcome.PROCEED, PreconditionEvaluator.admit("OPTIONS", none, true).outcome());
    assertEquals(
        Outcome.PROCEED,
        PreconditionEvaluator.admit("PUT", tagHeaders("", null), true).outcome(),
        "an empty list is a precondition, one that never holds");
  }

  /** The resource was modified at ten; a date is written as its hour. */
  @ParameterizedTest(name = "{0} If-Modified-Since {1}: {2}")
  @CsvSource({
    "GET,  9,       PROCEED",
    "GET,  10,      NOT_MODIFIED",
    "GET,  11,      NOT_MODIFIED",
    "HEAD, 10,      NOT_MODIFIED",
    "GET,  99,      PROCEED",
    "GET,  garbage, PROCEED",
    "PUT,  11,      PROCEED",
    "POST, 11,      PROCEED",
  })
  void section13_1_3(String method, String hour, Outcome outcome) {
    assertEquals(outcome, at(method, "ten", IF_MODIFIED_SINCE, hour).outcome());
    assertEquals(Outcome.PROCEED, at(method, "undated", IF_MODIFIED_SINCE, hour).outcome());
    assertEquals(Outcome.PROCEED, at(method, "absent", IF_MODIFIED_SINCE, hour).outcome());
  }

  /** The resource was modified at ten; a date is written as its hour. */
  @ParameterizedTest(name = "{0} If-Unmodified-Since {1}: {2}")
  @CsvSource({
    "PUT,    9,       FAILED",
    "PUT,    10,      PROCEED",
    "PUT,    11,      PROCEED",
    "DELETE, 9,       FAILED",
    "GET,    9,       FAILED",
    "HEAD,   9,       FAILED",
    "PUT,    99,      PROCEED",
    "PUT,    garbage, PROCEED",
    "OPTIONS, 9,      PROCEED",
  })
  void section13_1_4(String method, String hour, Outcome outcome) {
    assertEquals(outcome, at(method, "ten", IF_UNMODIFIED_SINCE, hour).outcome());
    assertEquals(Outcome.PROCEED, at(method, "undated", IF_UNMODIFIED_SINCE, hour).outcome());
    assertEquals(Outcome.PROCEED, at(method, "absent", IF_UNMODIFIED_SINCE, hour).outcome());
  }

  /** Tag "a", modified at ten. The columns: the four headers in the order of the standard. */
  @ParameterizedTest(name = "{0} {1} {2} {3} {4}: {5} by {6}")
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "PUT | \"a\" | 9  |       |    | PROCEED      |",
        "PUT | \"b\" | 11 |       |    | FAILED       | If-Match",
        "PUT |       | 9  | \"b\" |    | FAILED       | If-Unmodified-Since",
        "PUT |       | 11 | \"a\" |    | FAILED       | If-None-Match",
        "PUT |       | 11 | \"b\" |    | PROCEED      |",
        "GET |       |    | \"b\" | 11 | PROCEED      |",
        "GET |       |    | \"a\" | 9  | NOT_MODIFIED | If-None-Match",
        "GET | \"a\" |    |       | 11 | NOT_MODIFIED | If-Modified-Since",
        "GET |       | 11 |       | 11 | NOT_MODIFIED | If-Modified-Since",
        "GET |       | 9  | \"a\" | 11 | FAILED       | If-Unmodified-Since",
        "GET | \"b\" |    | \"a\" | 11 | FAILED       | If-Match",
      })
  void section13_2_2WithDates(
      String method,
      @Nullable String ifMatch,
      @Nullable String unmodifiedSince,
      @Nullable String ifNoneMatch,
      @Nullable String modifiedSince,
      Outcome outcome,
      @Nullable String header) {
    Map<String, List<String>> lines = new HashMap<>();
    lines.put(ConditionalHeaders.IF_MATCH, lines(ifMatch));
    lines.put(ConditionalHeaders.IF_NONE_MATCH, lines(ifNoneMatch));
    lines.put(IF_UNMODIFIED_SINCE, lines(unmodifiedSince == null ? null : date(unmodifiedSince)));
    lines.put(IF_MODIFIED_SINCE, lines(modifiedSince == null ? null : date(modifiedSince)));
    PreconditionDecision decision =
        PreconditionEvaluator.evaluate(
            method,
            ConditionalHeaders.read(lines::get, NOW, ChangedTags.none()),
            SelectedRepresentation.present(EntityTag.strong("a"), TEN),
            false);
    assertEquals(outcome, decision.outcome());
    assertEquals(header, decision.header());
  }

  @Test
  void severalDatesAreNoDate() {
    List<String> two = List.of(date("9"), date("9"));
    ConditionalHeaders headers =
        ConditionalHeaders.read(
            name -> name.equals(IF_UNMODIFIED_SINCE) ? two : List.of(), NOW, ChangedTags.none());
    assertNull(headers.ifUnmodifiedSince());
    assertFalse(headers.concernWrites());
  }

  @Test
  void aDateSatisfiesADemandOnlyWhereThereIsADate() {
    ConditionalHeaders headers = headers(IF_UNMODIFIED_SINCE, date("11"));
    assertEquals(
        Outcome.PROCEED, demanded(headers, SelectedRepresentation.present(null, TEN)).outcome());
    assertEquals(Outcome.REQUIRED, demanded(headers, SelectedRepresentation.untagged()).outcome());
    assertEquals(Outcome.REQUIRED, demanded(headers, SelectedRepresentation.absent()).outcome());
  }

  /** 13.1.3 and 13.1.4: a header that cannot be read is not absent. The resource is of ten. */
  @ParameterizedTest(name = "GET {0}: {1} with {2}: {3}")
  @CsvSource({
    "If-None-Match, garbage, If-Modified-Since,   PROCEED",
    "If-None-Match, '*, *',  If-Modified-Since,   PROCEED",
    "If-Match,      garbage, If-Unmodified-Since, PROCEED",
    "If-Match,      garbage, If-Modified-Since,   NOT_MODIFIED",
    "If-None-Match, garbage, If-Unmodified-Since, FAILED",
  })
  void malformedTagStillOverrulesItsDate(
      String tagHeader, String value, String dateHeader, Outcome outcome) {
    String date = date(dateHeader.equals(IF_MODIFIED_SINCE) ? "11" : "9");
    Map<String, List<String>> lines = Map.of(tagHeader, List.of(value), dateHeader, List.of(date));
    ConditionalHeaders headers =
        ConditionalHeaders.read(
            name -> lines.getOrDefault(name, List.of()), NOW, ChangedTags.none());
    assertEquals(
        outcome,
        PreconditionEvaluator.evaluate(
                "GET", headers, SelectedRepresentation.present(null, TEN), false)
            .outcome());
  }

  /** 8.8.2.2: the resource changed twice in the second of ten. */
  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "PUT, If-Unmodified-Since, 9,  FAILED",
    "PUT, If-Unmodified-Since, 10, FAILED",
    "GET, If-Unmodified-Since, 10, FAILED",
    "PUT, If-Unmodified-Since, 11, PROCEED",
    "GET, If-Modified-Since,   9,  PROCEED",
    "GET, If-Modified-Since,   10, PROCEED",
    "GET, If-Modified-Since,   11, NOT_MODIFIED",
  })
  void secondOfTwoChangesStandsForNeither(
      String method, String header, String hour, Outcome outcome) {
    SelectedRepresentation twice = SelectedRepresentation.present(null, TEN).withWeakDate();
    assertEquals(
        outcome,
        PreconditionEvaluator.evaluate(method, headers(header, date(hour)), twice, false)
            .outcome());
  }

  @Test
  void dateThatIsNotKnownHoldsNoPrecondition() {
    ConditionalHeaders since = headers(IF_UNMODIFIED_SINCE, date("11"));
    SelectedRepresentation tagged =
        SelectedRepresentation.present(EntityTag.strong("a"), TEN).withUnknownDate();
    assertEquals(
        Outcome.FAILED, PreconditionEvaluator.evaluate("PUT", since, tagged, false).outcome());
    assertEquals(
        Outcome.FAILED,
        PreconditionEvaluator.evaluate(
                "PUT", since, SelectedRepresentation.perhapsPresent(EntityTag.strong("a")), false)
            .outcome());
    assertEquals(
        Outcome.PROCEED,
        PreconditionEvaluator.evaluate("PUT", tagHeaders("\"a\"", null), tagged, false).outcome());
  }

  @Test
  void partsOfASecondAreNoPartOfADate() {
    SelectedRepresentation state = SelectedRepresentation.present(null, TEN.plusMillis(999));
    assertEquals(TEN, state.lastModified());
    assertEquals(TEN, state.withLastModified(TEN.plusMillis(1)).lastModified());
  }

  @Test
  void aDateOnAStateThatNobodyCanReadStopsAWrite() {
    assertEquals(Outcome.FAILED, at("PUT", "unreadable", IF_UNMODIFIED_SINCE, "11").outcome());
  }

  private static PreconditionDecision demanded(
      ConditionalHeaders headers, SelectedRepresentation current) {
    return PreconditionEvaluator.evaluate("PUT", headers, current, true);
  }

  private static PreconditionDecision at(String method, String state, String header, String hour) {
    SelectedRepresentation current =
        switch (state) {
          case "ten" -> SelectedRepresentation.present(null, TEN);
          case "absent" -> SelectedRepresentation.absent();
          case "unreadable" -> SelectedRepresentation.unreadable();
          default -> SelectedRepresentation.untagged();
        };
    return PreconditionEvaluator.evaluate(method, headers(header, date(hour)), current, false);
  }

  /** An hour becomes a date, and anything else stays what it is. */
  private static String date(String hour) {
    return hour.matches("\\d+")
        ? "Fri, 20 Nov 2026 " + "0".repeat(2 - hour.length()) + hour + ":00:00 GMT"
        : hour;
  }

  @Test
  void anotherReadingOfTagsDecidesAndWhatWasSentStays() throws Exception {
    ConditionalHeaders sent = tagHeaders("W/\"a\"", "W/\"b\"");
    ConditionalHeaders read = sent.readAs(EntityTag::strengthened);
    assertEquals(
        Outcome.FAILED,
        PreconditionEvaluator.evaluate("PUT", sent, state("\"a\""), false).outcome());
    assertEquals(
        Outcome.PROCEED,
        PreconditionEvaluator.evaluate("PUT", read, state("\"a\""), false).outcome());
    assertEquals("W/\"a\"", read.valueOf(ConditionalHeaders.IF_MATCH));
  }

  private static ConditionalHeaders headers(String header, String value) {
    return ConditionalHeaders.read(
        name -> name.equals(header) ? List.of(value) : List.of(), NOW, ChangedTags.none());
  }

  private static PreconditionDecision evaluate(
      String method, @Nullable String ifMatch, @Nullable String ifNoneMatch, String now)
      throws Exception {
    return PreconditionEvaluator.evaluate(
        method, tagHeaders(ifMatch, ifNoneMatch), state(now), false);
  }

  private static ConditionalHeaders tagHeaders(
      @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    Map<String, List<String>> lines = new HashMap<>();
    lines.put(ConditionalHeaders.IF_MATCH, lines(ifMatch));
    lines.put(ConditionalHeaders.IF_NONE_MATCH, lines(ifNoneMatch));
    return ConditionalHeaders.read(
        name -> lines.getOrDefault(name, List.of()), NOW, ChangedTags.none());
  }

  private static List<String> lines(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static SelectedRepresentation state(String now) throws Exception {
    return switch (now) {
      case "absent" -> SelectedRepresentation.absent();
      case "untagged" -> SelectedRepresentation.untagged();
      case "unreadable" -> SelectedRepresentation.unreadable();
      default -> SelectedRepresentation.present(EntityTag.parse(now), null);
    };
  }
}
