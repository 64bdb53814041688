package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.html.Html;
import io.github.conflictguard.servlet.console.html.Phrases;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts, numbers and times in the language of a reader, in the time zone of the server. */
public final class Words {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final Phrases phrases;
  private final ZoneId zone;
  private final Instant now;

  /** Creates the words for a page that is made now. */
  public Words(Phrases phrases, ZoneId zone, Instant now) {
    this.phrases = phrases;
    this.zone = zone;
    this.now = now;
  }

  /** Returns the time at which the page is made. */
  public Instant now() {
    return now;
  }

  /** Returns the time zone of the times. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the code of the language. */
  public String language() {
    return phrases.language();
  }

  /** Returns a text with its numbered arguments. */
  public String text(String name, Object... arguments) {
    return phrases.text(name, arguments);
  }

  /** Returns whether there is a text of this name. */
  public boolean has(String name) {
    return !phrases.textOr("", name).isEmpty();
  }

  /** Returns the translation of a code that the filter uses in logs; the code if there is none. */
  public String code(@Nullable Object code) {
    return code == null ? "–" : phrases.textOr(code.toString(), "code." + code);
  }

  /** Returns a number with the separators of the language. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(phrases.locale()).format(number);
  }

  /** Returns a number between 0 and 1 as a percentage. */
  public String share(double share) {
    return String.format(phrases.locale(), "%.1f %%", share * 100);
  }

  /** Returns a number with three decimals. */
  public String decimal(double number) {
    return String.format(phrases.locale(), "%.3f", number);
  }

  /** Returns a duration in its two largest units. */
  public String duration(long millis) {
    if (millis < SECOND) {
      return text("unit.millis", number(millis));
    }
    if (millis < MINUTE) {
      return text("unit.seconds", String.format(phrases.locale(), "%.1f", millis / 1000.0));
    }
    if (millis < HOUR) {
      return text("unit.minutes", millis / MINUTE);
    }
    if (millis < DAY) {
      return text("unit.hours", millis / HOUR, millis % HOUR / MINUTE);
    }
    return text("unit.days", millis / DAY, millis % DAY / HOUR);
  }

  /** Returns a time of day, with the date unless it is today's. */
  public String time(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    String clock = TIME.format(local);
    return local.toLocalDate().equals(now.atZone(zone).toLocalDate())
        ? clock
        : date().format(local) + " " + clock;
  }

  /** Writes a time that the script of the page shows as relative to now in addition. */
  public void time(Html html, Instant time) {
    html.element("time", time(time), "datetime", time.toString());
  }

  private DateTimeFormatter date() {
    return DateTimeFormatter.ofPattern(
        phrases.language().equals("de") ? "d. MMM" : "d MMM", phrases.locale());
  }

  /** Returns the hour of day of a time. */
  public String hour(Instant time) {
    return String.format(Locale.ROOT, "%02d:00", time.atZone(zone).getHour());
  }
}
