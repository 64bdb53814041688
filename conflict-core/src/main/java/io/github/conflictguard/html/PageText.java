package io.github.conflictguard.html;

import io.github.conflictguard.html.token.CharacterReferences;
import io.github.conflictguard.html.token.StartTag;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decodes the attributes and the text of a page. Immutable. */
final class PageText {

  private final UnaryOperator<String> decode;

  /**
   * Creates a decoder.
   *
   * @param decode decodes the characters that were given to the tokenizer
   */
  PageText(UnaryOperator<String> decode) {
    this.decode = decode;
  }

  /** Returns the value of an attribute; null when there is none. */
  @Nullable String of(StartTag tag, String attribute) {
    String raw = tag.raw(attribute);
    return raw == null ? null : ofAttribute(raw);
  }

  /** Returns the value of an attribute from its source text. */
  String ofAttribute(String raw) {
    return CharacterReferences.resolve(decode.apply(raw), true);
  }

  /** Returns the content of an element from its source text. */
  String ofContent(String raw) {
    return CharacterReferences.resolve(decode.apply(raw), false);
  }

  /** Returns a label from its source text, see {@link Labels#text}. */
  String ofLabel(String raw) {
    return Labels.text(raw, decode);
  }

  /** Ends a label. */
  void close(Labels.Label label) {
    label.close(decode);
  }

  /** Returns a text with single spaces as its only white space. */
  static String inOneLine(String text) {
    return text.replaceAll("[ \t\n\r\f]+", " ").trim();
  }

  /** Returns a text with CR LF as line ends, as forms send it (4.10.21.7). */
  static String withNetworkLines(String text) {
    return text.replaceAll("\r\n?|\n", "\r\n");
  }

  /** Returns a keyword in lower case; empty when it is missing. */
  static String lower(@Nullable String keyword) {
    return keyword == null ? "" : keyword.toLowerCase(Locale.ROOT);
  }
}
