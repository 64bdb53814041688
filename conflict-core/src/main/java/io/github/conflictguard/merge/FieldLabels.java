package io.github.conflictguard.merge;

import java.util.Locale;

/** Makes words of the name of a field that has no label. */
public final class FieldLabels {

  private FieldLabels() {}

  /** {@code billing.zipCode} becomes "Zip code". */
  public static String of(String name) {
    String last = withoutIndexes(name);
    last = last.substring(last.lastIndexOf('.') + 1);
    String words =
        last.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("[_\\-\\s]+", " ").trim();
    if (words.isEmpty()) {
      return name;
    }
    return words.substring(0, 1).toUpperCase(Locale.ROOT)
        + words.substring(1).toLowerCase(Locale.ROOT);
  }

  /** {@code items[0][name]} without what is in brackets at its end. */
  private static String withoutIndexes(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == ']') {
      int open = name.lastIndexOf('[', end - 1);
      // Brackets inside of brackets are no index, but the last pair is one.
      int inner = name.lastIndexOf(']', end - 2);
      if (open < 0) {
        break;
      }
      if (inner > open) {
        break;
      }
      end = open;
    }
    return name.substring(0, end);
  }
}
