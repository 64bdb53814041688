package io.github.conflictguard.html;

/** Hears what an {@link HtmlTokenizer} finds. */
public interface HtmlListener {

  /** A start tag, of which the last character was just read. */
  void startTag(StartTag tag);

  /** An end tag, of which the last character was just read. */
  void endTag(String name);

  /** One character between tags; references are not resolved. */
  void text(char c);

  /** Several characters between tags, as {@link #text(char)} gets them one by one. */
  void text(String page, int from, int to);
}
