package io.github.conflictguard.html.token;

/**
 * Finds the text at which a browser with scripts resumes reading tags inside of {@code noscript},
 * whatever precedes it (13.2.5.3). Not safe for use by several threads.
 */
final class NoscriptEnd {

  private static final String END = "</noscript";

  /** The number of characters of the end that were read last. */
  private int read;

  /** Returns whether the last characters may belong to the end. */
  boolean isBegun() {
    return read > 0;
  }

  /** Forgets the last characters. */
  void reset() {
    read = 0;
  }

  /** Follows the end tag; returns whether the character is the first one after its name. */
  boolean ends(char c) {
    if (read == END.length()) {
      read = 0;
      return Characters.isSpace(c) || c == '/' || c == '>';
    }
    boolean next = Characters.lower(c) == END.charAt(read);
    read = next ? read + 1 : c == '<' ? 1 : 0;
    return false;
  }
}
