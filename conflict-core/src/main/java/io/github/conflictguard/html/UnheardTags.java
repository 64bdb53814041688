package io.github.conflictguard.html;

/**
 * The tags of a page that an {@link HtmlTokenizer} does not report. They are passed as a whole, by
 * the same rules as character by character. Immutable.
 */
final class UnheardTags {

  /** Longer tags are read character by character. */
  private static final int LONGEST = 16 * 1024;

  private final ElementNames heard;

  /**
   * Creates the tags of all elements but these.
   *
   * @param heard the elements whose tags are reported
   */
  UnheardTags(ElementNames heard) {
    this.heard = heard;
  }

  /**
   * Returns the index behind a tag.
   *
   * @param from the index of its {@code <}, in text outside of other content
   * @return {@code from} when it is not a tag, is reported, or does not end in this part of the
   *     page
   */
  int endOf(String part, int from) {
    int length = Math.min(part.length(), from + LONGEST);
    int name = from + 1;
    if (name < length && part.charAt(name) == '/') {
      name++;
    }
    if (name >= length || !isLetter(part.charAt(name))) {
      return from;
    }
    int at = name + 1;
    while (at < length && !endsName(part.charAt(at))) {
      at++;
    }
    if (at == length || heard.contains(part, name, at)) {
      return from;
    }
    int end = endOfAttributes(part, at, length);
    return end < 0 ? from : end;
  }

  /** Returns the index behind the tag; negative when it does not end. */
  private static int endOfAttributes(String part, int from, int length) {
    int at = from;
    while (at >= 0 && at < length) {
      char c = part.charAt(at);
      if (c == '>') {
        return at + 1;
      }
      at = c == '/' || isSpace(c) ? at + 1 : endOfAttribute(part, at, length);
    }
    return -1;
  }

  /** The first character belongs to the name, whatever it is (13.2.5.32). */
  private static int endOfAttribute(String part, int from, int length) {
    int at = from + 1;
    while (at < length && part.charAt(at) != '=' && !endsName(part.charAt(at))) {
      at++;
    }
    at = behindSpace(part, at, length);
    if (at == length || part.charAt(at) != '=') {
      return at;
    }
    at = behindSpace(part, at + 1, length);
    if (at == length) {
      return at;
    }
    char quote = part.charAt(at);
    if (quote == '"' || quote == '\'') {
      int end = part.indexOf(quote, at + 1);
      return end < 0 ? -1 : end + 1;
    }
    while (at < length && part.charAt(at) != '>' && !isSpace(part.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int behindSpace(String part, int from, int length) {
    int at = from;
    while (at < length && isSpace(part.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean endsName(char c) {
    return c == '>' || c == '/' || isSpace(c);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
  }
}
