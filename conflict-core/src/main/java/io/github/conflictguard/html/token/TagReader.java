package io.github.conflictguard.html.token;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one tag after the other, from the first letter of the name to {@code >} (13.2.5.8,
 * 13.2.5.32 to 13.2.5.40). Not safe for use by several threads.
 */
final class TagReader {

  private final boolean xml;
  private final Function<CharSequence, @Nullable StartTag> reported;
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder attribute = new StringBuilder();
  private final StringBuilder value = new StringBuilder();
  private @Nullable StartTag tag;
  private boolean isEnd;
  private char quote;

  /**
   * Creates a reader.
   *
   * @param reported returns a tag for a name, without attributes; null for a tag that is not
   *     reported, whose attributes need not be kept
   */
  TagReader(boolean xml, Function<CharSequence, @Nullable StartTag> reported) {
    this.xml = xml;
    this.reported = reported;
  }

  /** Begins a tag with the first letter of its name. */
  TokenizerState begin(char first, boolean end) {
    tag = null;
    isEnd = end;
    name.setLength(0);
    name.append(lower(first));
    return TokenizerState.NAME;
  }

  /** Continues an end tag after its name. */
  TokenizerState continueEndTag(StartTag named) {
    name.setLength(0);
    attribute.setLength(0);
    value.setLength(0);
    tag = named;
    isEnd = true;
    return TokenizerState.BEFORE_ATTRIBUTE;
  }

  /** Returns the tag; null when it is not reported. */
  @Nullable StartTag tag() {
    return tag;
  }

  /** Returns whether the tag is an end tag. */
  boolean isEnd() {
    return isEnd;
  }

  /** Returns the quotation mark that ends the value. */
  char quote() {
    return quote;
  }

  /** Reads characters of a quoted value. */
  void valueRun(String part, int from, int end) {
    value.append(part, from, end);
  }

  /**
   * Reads the next character.
   *
   * @return the next state, {@code TEXT} at the end of the tag
   */
  TokenizerState accept(TokenizerState state, char c) {
    switch (state) {
      case NAME:
        return name(c);
      case ATTRIBUTE:
        return attribute(c);
      case AFTER_ATTRIBUTE:
        return afterAttribute(c);
      case BEFORE_VALUE:
        return beforeValue(c);
      case QUOTED:
        return quoted(c);
      case UNQUOTED:
        return unquoted(c);
      case SLASH:
        return slash(c);
      default:
        return beforeAttribute(c);
    }
  }

  private TokenizerState name(char c) {
    if (Characters.isSpace(c) || c == '/' || c == '>') {
      tag = reported.apply(name);
      name.setLength(0);
      return beforeAttribute(c);
    }
    name.append(lower(c));
    return TokenizerState.NAME;
  }

  private TokenizerState beforeAttribute(char c) {
    if (c == '>') {
      return TokenizerState.TEXT;
    }
    if (c == '/') {
      return TokenizerState.SLASH;
    }
    if (Characters.isSpace(c)) {
      return TokenizerState.BEFORE_ATTRIBUTE;
    }
    attribute.setLength(0);
    value.setLength(0);
    attribute.append(lower(c));
    return TokenizerState.ATTRIBUTE;
  }

  private TokenizerState slash(char c) {
    if (c == '>' && tag != null) {
      tag.closeItself();
    }
    return beforeAttribute(c);
  }

  private TokenizerState attribute(char c) {
    if (Characters.isSpace(c)) {
      return TokenizerState.AFTER_ATTRIBUTE;
    }
    if (c == '/' || c == '>') {
      endOfAttribute();
      return beforeAttribute(c);
    }
    if (c == '=') {
      return TokenizerState.BEFORE_VALUE;
    }
    attribute.append(lower(c));
    return TokenizerState.ATTRIBUTE;
  }

  private TokenizerState afterAttribute(char c) {
    if (c == '=') {
      return TokenizerState.BEFORE_VALUE;
    }
    if (Characters.isSpace(c)) {
      return TokenizerState.AFTER_ATTRIBUTE;
    }
    endOfAttribute();
    return beforeAttribute(c);
  }

  private TokenizerState beforeValue(char c) {
    if (c == '"' || c == '\'') {
      quote = c;
      return TokenizerState.QUOTED;
    }
    if (c == '>') {
      endOfAttribute();
      return TokenizerState.TEXT;
    }
    if (Characters.isSpace(c)) {
      return TokenizerState.BEFORE_VALUE;
    }
    value.append(c);
    return TokenizerState.UNQUOTED;
  }

  private TokenizerState quoted(char c) {
    if (c == quote) {
      endOfAttribute();
      return TokenizerState.AFTER_VALUE;
    }
    value.append(c);
    return TokenizerState.QUOTED;
  }

  private TokenizerState unquoted(char c) {
    if (Characters.isSpace(c) || c == '>') {
      endOfAttribute();
      return beforeAttribute(c);
    }
    value.append(c);
    return TokenizerState.UNQUOTED;
  }

  private void endOfAttribute() {
    if (tag != null) {
      tag.add(attribute.toString(), value.toString());
    }
    attribute.setLength(0);
    value.setLength(0);
  }

  private char lower(char c) {
    return xml ? c : Characters.lower(c);
  }
}
