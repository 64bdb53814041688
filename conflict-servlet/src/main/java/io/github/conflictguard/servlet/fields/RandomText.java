package io.github.conflictguard.servlet.fields;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Distinguishes generated text from meaningful text. */
public final class RandomText {

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9+/=_.:~-]{16,4096}");

  /** A UUID or a digest: some have few different characters and hardly any letter. */
  private static final Pattern HEXADECIMAL = Pattern.compile("[A-Fa-f0-9-]{32,}");

  private static final double LEAST_ENTROPY_OF_HEXADECIMAL = 2;

  private static final Pattern CLOCK = Pattern.compile("[0-9]{10}([0-9]{3})?");

  /**
   * Bits per character: fewer than those of sixteen different characters, more than those of a
   * date.
   */
  private static final double LEAST_ENTROPY = 3;

  private static final int LEAST_LETTERS = 4;
  private static final long CLOCK_MILLIS = 5_000;

  private RandomText() {}

  /** Returns whether text looks like a UUID, a digest or a token; a number or a date does not. */
  static boolean is(String text) {
    if (!SYNTAX.matcher(text).matches()) {
      return false;
    }
    Map<Character, Integer> counts = new HashMap<>();
    for (int i = 0; i < text.length(); i++) {
      counts.merge(text.charAt(i), 1, Integer::sum);
    }
    double entropy = 0;
    int letters = 0;
    for (Map.Entry<Character, Integer> each : counts.entrySet()) {
      double share = each.getValue() / (double) text.length();
      entropy -= share * Math.log(share) / Math.log(2);
      letters += Character.isLetter(each.getKey()) ? 1 : 0;
    }
    return HEXADECIMAL.matcher(text).matches()
        ? entropy >= LEAST_ENTROPY_OF_HEXADECIMAL && letters >= 1
        : entropy >= LEAST_ENTROPY && letters >= LEAST_LETTERS;
  }

  /** Returns whether text is the current time, in milliseconds or seconds. */
  public static boolean isClock(String text) {
    if (!CLOCK.matcher(text).matches()) {
      return false;
    }
    long time = Long.parseLong(text) * (text.length() == 10 ? 1000 : 1);
    return Math.abs(System.currentTimeMillis() - time) <= CLOCK_MILLIS;
  }
}
