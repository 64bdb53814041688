package io.github.conflictguard.precondition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 5.6.7. */
class HttpDateTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT   | 1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT  | 1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994        | 1994-11-06T08:49:37Z",
        "Sun Nov 06 08:49:37 1994        | 1994-11-06T08:49:37Z",
        "Sun Nov 6 08:49:37 1994         | 1994-11-06T08:49:37Z",
        "Mon, 29 Feb 2016 00:00:00 GMT   | 2016-02-29T00:00:00Z",
        "Sat, 31 Dec 2016 23:59:60 GMT   | 2017-01-01T00:00:00Z",
        "Wed, 31 Dec 1969 23:59:59 GMT   | 1969-12-31T23:59:59Z",
        "Thu, 01 Jan 1970 00:00:00 GMT   | 1970-01-01T00:00:00Z",
        "Friday, 01-Jan-76 00:00:00 GMT  | 2076-01-01T00:00:00Z",
        "Friday, 01-Jan-77 00:00:00 GMT  | 1977-01-01T00:00:00Z",
        "Friday, 01-Jan-00 00:00:00 GMT  | 2000-01-01T00:00:00Z",
      })
  void readsTheThreeForms(String value, Instant instant) {
    assertEquals(instant, HttpDate.parse(value, NOW));
    assertEquals(instant, HttpDate.parse(" \t" + value + " ", NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "784111777",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 01994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 2015 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT;",
      })
  void refusesWhatIsNoDate(String value) {
    assertNull(HttpDate.parse(value, NOW));
  }

  @Test
  void writesThePreferredFormInWholeSeconds() {
    assertEquals(
        "Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(Instant.parse("1994-11-06T08:49:37.9Z")));
  }
}
