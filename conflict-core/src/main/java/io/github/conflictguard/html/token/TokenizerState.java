package io.github.conflictguard.html.token;

/** What an {@link HtmlTokenizer} is reading (13.2.5). */
enum TokenizerState {
  TEXT(false),
  OPEN(true),
  END_OPEN(true),
  NAME(true),
  RAW_END(true),
  BEFORE_ATTRIBUTE(true),
  ATTRIBUTE(true),
  AFTER_ATTRIBUTE(true),
  BEFORE_VALUE(true),
  QUOTED(true),
  AFTER_VALUE(true),
  UNQUOTED(true),
  SLASH(true),
  DECLARATION(false),
  COMMENT(false),
  CDATA(false),
  INSTRUCTION(false),
  BOGUS(false),
  PLAIN(false);

  /** Whether the characters since the last {@code <} can still begin a tag. */
  final boolean inTag;

  TokenizerState(boolean inTag) {
    this.inTag = inTag;
  }
}
