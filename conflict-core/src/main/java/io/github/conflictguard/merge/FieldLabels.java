package io.github.conflictguard.merge;

import java.util.Locale;

/** Derives a readable label from the name of a field without a label. */
public final class FieldLabels {

  private FieldLabels() {}

  /** Returns the label for a name: {@code billing.zipCode} becomes "Zip code". */
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

  /** Removes the brackets at the end of a name such as {@code items[0][name]}. */
  private static String withoutIndexes(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == ']') {
      int open = name.lastIndexOf('[', end - 1);
      // Nested brackets are not an index, but the last pair is one.
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
