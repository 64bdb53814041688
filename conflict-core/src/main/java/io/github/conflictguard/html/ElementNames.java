package io.github.conflictguard.html;

import org.jspecify.annotations.Nullable;

/**
 * A set of element names, searched without creating a string for each name in a page. Immutable.
 */
final class ElementNames {

  private static final int SIZE = 512;

  private final String[] table = new String[SIZE];

  /**
   * Creates a set.
   *
   * @param names at most a hundred names, separated by spaces
   */
  ElementNames(String names) {
    for (String name : names.split(" ", -1)) {
      int place = place(name);
      while (table[place] != null) {
        place = (place + 1) % SIZE;
      }
      table[place] = name;
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

  private static int place(CharSequence name) {
    int hash = name.length();
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return Math.floorMod(hash, SIZE);
  }
}
