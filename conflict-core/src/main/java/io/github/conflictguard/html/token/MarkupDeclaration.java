package io.github.conflictguard.html.token;

/**
 * Reads what looks like a tag and is not one: comments, CDATA sections, processing instructions,
 * declarations (13.2.5.41 to 13.2.5.71). Not safe for use by several threads.
 */
final class MarkupDeclaration {

  /** The number of characters that determine whether a comment ends. */
  private static final int END_OF_COMMENT = 4;

  private static final String CDATA = "[CDATA[";

  private final HtmlListener listener;
  private final boolean xml;
  private final StringBuilder begun = new StringBuilder();
  private final StringBuilder last = new StringBuilder();

  MarkupDeclaration(HtmlListener listener, boolean xml) {
    this.listener = listener;
    this.xml = xml;
  }

  /** Begins a declaration, at its exclamation mark. */
  TokenizerState begin() {
    begun.setLength(0);
    return TokenizerState.DECLARATION;
  }

  /** Begins an instruction, at its question mark. */
  TokenizerState beginInstruction() {
    last.setLength(0);
    return xml ? TokenizerState.INSTRUCTION : TokenizerState.BOGUS;
  }

  /**
   * Reads the next character.
   *
   * @param inForeign whether the current position is inside of SVG or MathML content
   * @return the next state, {@code TEXT} at the end
   */
  TokenizerState accept(TokenizerState state, char c, boolean inForeign) {
    switch (state) {
      case DECLARATION:
        return declaration(c, inForeign);
      case COMMENT:
        return comment(c);
      case CDATA:
        return cdata(c);
      case INSTRUCTION:
        return instruction(c);
      default:
        return bogus(c);
    }
  }

  /** Reads the characters of a comment before an end that is possible. */
  void commentRun(String part, int from, int end) {
    int kept = Math.max(from, end - END_OF_COMMENT);
    if (kept > from) {
      last.setLength(0);
    }
    for (int i = kept; i < end; i++) {
      keep(part.charAt(i), END_OF_COMMENT);
    }
  }

  private TokenizerState declaration(char c, boolean inForeign) {
    begun.append(c);
    String start = begun.toString();
    if (start.equals("--")) {
      last.setLength(0);
      return TokenizerState.COMMENT;
    }
    if (start.equals(CDATA) && (xml || inForeign)) {
      last.setLength(0);
      return TokenizerState.CDATA;
    }
    return "--".startsWith(start) || CDATA.startsWith(start)
        ? TokenizerState.DECLARATION
        : bogus(c);
  }

  /** Reads a comment, keeping only the characters that can belong to its end. */
  private TokenizerState comment(char c) {
    if (c == '>' && isEndOfComment()) {
      return TokenizerState.TEXT;
    }
    keep(c, END_OF_COMMENT);
    return TokenizerState.COMMENT;
  }

  private boolean isEndOfComment() {
    String end = last.toString();
    return end.endsWith("--")
        || end.endsWith("--!")
        || (!xml && (end.isEmpty() || end.equals("-")));
  }

  /** Reads a CDATA section, in which an ampersand stands for itself. */
  private TokenizerState cdata(char c) {
    if (c == '>' && last.toString().equals("]]")) {
      return TokenizerState.TEXT;
    }
    if (last.length() == 2) {
      char first = last.charAt(0);
      listener.text(first);
      for (int i = 0; first == '&' && i < "amp;".length(); i++) {
        listener.text("amp;".charAt(i));
      }
    }
    keep(c, 2);
    return TokenizerState.CDATA;
  }

  private TokenizerState instruction(char c) {
    if (c == '>' && last.toString().endsWith("?")) {
      return TokenizerState.TEXT;
    }
    keep(c, 3);
    return TokenizerState.INSTRUCTION;
  }

  private static TokenizerState bogus(char c) {
    return c == '>' ? TokenizerState.TEXT : TokenizerState.BOGUS;
  }

  private void keep(char c, int most) {
    if (last.length() == most) {
      last.deleteCharAt(0);
    }
    last.append(c);
  }
}
