package io.github.conflictguard.html.token;

import org.jspecify.annotations.Nullable;

/**
 * A set of element names, searched without creating a string for each name in a page. Immutable.
 */
final class ElementNames {

  private static final int SIZE = 512;

  private final String[] table = new String[SIZE];

  /** The lengths of the names by their first letters: one bit for each length. */
  private final long[] lengths = new long['z' - 'a' + 1];

  /**
   * Creates a set.
   *
   * @param names at most a hundred names of lower-case letters and digits, separated by spaces
   */
  ElementNames(String names) {
    for (String name : names.split(" ", -1)) {
      int place = place(name);
      while (table[place] != null) {
        place = (place + 1) % SIZE;
      }
      table[place] = name;
      lengths[name.charAt(0) - 'a'] |= 1L << name.length();
    }
  }

  /** Returns the name that consists of these characters; null when the set does not contain it. */
  @Nullable String find(CharSequence characters) {
    int place = place(characters);
    for (String name = table[place]; name != null; name = table[place]) {
      if (name.contentEquals(characters)) {
        return name;
      }
      place = (place + 1) % SIZE;
    }
    return null;
  }

  /**
   * Returns whether the set contains a name in a page, ignoring the case of ASCII letters. Most
   * other names are distinguished by their length and first letter.
   *
   * @param from the index of the name, which begins with an ASCII letter
   * @param to the index behind it
   */
  boolean contains(String page, int from, int to) {
    int length = to - from;
    if (length >= Long.SIZE
        || (lengths[Characters.lower(page.charAt(from)) - 'a'] >>> length & 1) == 0) {
      return false;
    }
    StringBuilder name = new StringBuilder(length);
    for (int i = from; i < to; i++) {
      name.append(Characters.lower(page.charAt(i)));
    }
    return find(name) != null;
  }

  private static int place(CharSequence name) {
    int hash = name.length();
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return Math.floorMod(hash, SIZE);
  }
}
