package io.github.conflictguard.html.token;

/** Receives the tags and the text that an {@link HtmlTokenizer} finds. */
public interface HtmlListener {

  /** Called after the last character of a start tag was read. */
  void startTag(StartTag tag);

  /** Called after the last character of an end tag was read. */
  void endTag(String name);

  /** Called for one character between tags; references are not resolved. */
  void text(char c);

  /** Called for several characters between tags, in place of calls of {@link #text(char)}. */
  void text(String page, int from, int to);
}
