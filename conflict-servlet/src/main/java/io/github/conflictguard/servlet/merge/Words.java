package io.github.conflictguard.servlet.merge;

import java.util.Locale;

/** Makes words of the name of a field that has no label. */
final class Words {

  private Words() {}

  /** {@code billing.zipCode} becomes "Zip code". */
  static String of(String name) {
    String last = name.replaceFirst("(\\[[^\\]]*\\])+$", "");
    last = last.substring(last.lastIndexOf('.') + 1);
    String words =
        last.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("[_\\-\\s]+", " ").trim();
    if (words.isEmpty()) {
      return name;
    }
    return words.substring(0, 1).toUpperCase(Locale.ROOT)
        + words.substring(1).toLowerCase(Locale.ROOT);
  }
}
