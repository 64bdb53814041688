package io.github.conflictguard.servlet.tag;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Conversions of modification dates to those of HTTP. */
final class Dates {

  private Dates() {}

  /**
   * Replaces a modification date later than the response by the date of the response (8.8.2.1). The
   * result has whole seconds, as in the header.
   */
  static Instant notLaterThanNow(Instant date) {
    Instant now = Instant.now();
    return (date.isBefore(now) ? date : now).truncatedTo(ChronoUnit.SECONDS);
  }
}
