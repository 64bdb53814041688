package io.github.conflictguard.servlet.tag;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Modification dates as HTTP has them. */
final class Dates {

  private Dates() {}

  /**
   * 8.8.2.1: a modification date later than the answer is replaced by the answer's date. Whole
   * seconds, because the header has no others.
   */
  static Instant notLaterThanNow(Instant date) {
    Instant now = Instant.now();
    return (date.isBefore(now) ? date : now).truncatedTo(ChronoUnit.SECONDS);
  }
}
