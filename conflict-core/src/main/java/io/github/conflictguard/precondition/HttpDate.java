package io.github.conflictguard.precondition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates of HTTP (RFC 9110, section 5.6.7), read from the raw field value. A container's own {@code
 * getDateHeader} accepts hour 25 and lists of dates, and does not distinguish an absent date from
 * one in 1969.
 */
public final class HttpDate {

  private static final List<String> MONTHS =
      Arrays.asList(
          "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String DAY_IN_FULL =
      "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
  private static final String MONTH = "(?<month>[A-Z][a-z]{2})";
  private static final String TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";

  /**
   * The three forms, the preferred one first; the grammar is case-sensitive. The last one pads its
   * day with a blank, which Undertow removes.
   */
  private static final List<Pattern> FORMS =
      Arrays.asList(
          Pattern.compile(DAY + ", (?<day>\\d{2}) " + MONTH + " (?<year>\\d{4}) " + TIME + " GMT"),
          Pattern.compile(
              DAY_IN_FULL + ", (?<day>\\d{2})-" + MONTH + "-(?<year>\\d{2}) " + TIME + " GMT"),
          Pattern.compile(
              DAY + " " + MONTH + " (?<day>\\d{2}| ?\\d) " + TIME + " (?<year>\\d{4})"));

  private static final DateTimeFormatter PREFERRED =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /**
   * Parses a date in any of the three forms.
   *
   * @param value the field value; white space around it is ignored
   * @param now determines the century of a year of two digits
   * @return the instant, in whole seconds; null when the value is not a date
   */
  public static @Nullable Instant parse(String value, Instant now) {
    String trimmed = value.trim();
    for (Pattern form : FORMS) {
      Matcher matcher = form.matcher(trimmed);
      if (matcher.matches()) {
        return instant(matcher, now);
      }
    }
    return null;
  }

  /** Formats a date in the preferred form; fractions of a second are truncated. */
  public static String format(Instant instant) {
    return PREFERRED.format(instant);
  }

  private static @Nullable Instant instant(Matcher matcher, Instant now) {
    int second = number(matcher, "second");
    boolean leapSecond = second == 60;
    try {
      Instant instant =
          LocalDateTime.of(
                  year(matcher, now),
                  1 + MONTHS.indexOf(matcher.group("month")),
                  number(matcher, "day"),
                  number(matcher, "hour"),
                  number(matcher, "minute"),
                  leapSecond ? 59 : second)
              .toInstant(ZoneOffset.UTC);
      return leapSecond ? instant.plus(1, ChronoUnit.SECONDS) : instant;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Returns the year. A year of two digits that would be more than 50 years in the future is in the
   * past.
   */
  private static int year(Matcher matcher, Instant now) {
    int year = number(matcher, "year");
    if (matcher.group("year").length() == 4) {
      return year;
    }
    int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
    int sameCentury = thisYear - thisYear % 100 + year;
    return sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury;
  }

  private static int number(Matcher matcher, String group) {
    return Integer.parseInt(matcher.group(group).trim());
  }
}
