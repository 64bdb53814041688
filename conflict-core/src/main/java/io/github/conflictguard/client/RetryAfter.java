package io.github.conflictguard.client;

import io.github.conflictguard.precondition.HttpDate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RetryAfter {

  /** More digits do not fit a long; such a value means never. */
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /**
   * Returns the time to wait; null when the value is neither a number of seconds nor a date.
   *
   * @param value the field value; null when the response has none
   * @param date the {@code Date} of the same response, so that a wrong clock of the client has no
   *     effect; null when it has none
   * @param now the time of the client, for responses without {@code Date}
   */
  static @Nullable Duration parse(@Nullable String value, @Nullable String date, Instant now) {
    if (value == null) {
      return null;
    }
    String trimmed = value.trim();
    if (isNumber(trimmed)) {
      return Duration.ofSeconds(
          trimmed.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(trimmed));
    }
    Instant until = HttpDate.parse(trimmed, now);
    if (until == null) {
      return null;
    }
    Instant sent = date == null ? null : HttpDate.parse(date, now);
    Duration wait = Duration.between(sent == null ? now : sent, until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty();
  }
}
