package io.github.conflictguard.html.token;

/** The classes of characters that the HTML standard distinguishes in tags. */
final class Characters {

  private Characters() {}

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
  }

  /** Returns an ASCII letter in lower case, and every other character unchanged. */
  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
