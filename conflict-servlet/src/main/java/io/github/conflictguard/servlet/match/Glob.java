package io.github.conflictguard.servlet.match;

import java.util.Arrays;
import java.util.List;

/**
 * A text in which an asterisk matches any text. Matching takes one pass: the text between two
 * asterisks is matched at its first occurrence. Immutable.
 */
public final class Glob {

  private final List<String> literals;

  public Glob(String text) {
    this.literals = Arrays.asList(text.split("\\*", -1));
  }

  /** Returns whether the pattern matches the whole text. */
  public boolean matches(String text) {
    String first = literals.get(0);
    int last = literals.size() - 1;
    if (last == 0) {
      return text.equals(first);
    }
    String end = literals.get(last);
    int at = first.length();
    if (!text.startsWith(first) || text.length() - at < end.length() || !text.endsWith(end)) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      int found = text.indexOf(literals.get(i), at);
      if (found < 0) {
        return false;
      }
      at = found + literals.get(i).length();
    }
    return at <= text.length() - end.length();
  }
}
