package io.github.conflictguard.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON text that is read token by token. Not safe for use by several threads. */
final class JsonText {

  /** Returned by {@link #next()} at the end of the text. */
  static final int END = -1;

  /** RFC 8259, section 6. The length is limited so that no number takes long to convert. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,99})(?:\\.[0-9]{1,100})?(?:[eE][+-]?[0-9]{1,3})?");

  private final String text;
  private int at;

  JsonText(String text) {
    this.text = text;
  }

  /** Skips white space and comments; returns the next character without consuming it. */
  int next() throws JsonSyntaxException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '/') {
        skipComment();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return c;
      }
    }
    return END;
  }

  private void skipComment() throws JsonSyntaxException {
    if (text.startsWith("//", at)) {
      while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
        at++;
      }
    } else if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      if (end < 0) {
        throw wrong("expected */ at the end of the comment");
      }
      at = end + 2;
    } else {
      throw wrong("expected // or /* at the beginning of a comment");
    }
  }

  /** Consumes the next character if it is this one, and returns whether it was. */
  boolean takes(char expected) throws JsonSyntaxException {
    boolean there = next() == expected;
    if (there) {
      at++;
    }
    return there;
  }

  /** Consumes the next character, which has to be this one. */
  void take(char expected) throws JsonSyntaxException {
    take(expected, "'" + expected + "'");
  }

  /** Consumes the next character; on failure the message lists what would be accepted. */
  void take(char expected, String accepted) throws JsonSyntaxException {
    if (!takes(expected)) {
      throw unexpected(accepted);
    }
  }

  /** Consumes a word such as {@code true}. */
  void word(String expected) throws JsonSyntaxException {
    int end = at + expected.length();
    if (!text.startsWith(expected, at)
        || (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end)))) {
      throw unexpected("a value");
    }
    at = end;
  }

  /** Consumes a number. */
  String number() throws JsonSyntaxException {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw unexpected("a value");
    }
    at = number.end();
    if (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      throw wrong("'" + text.charAt(at) + "' follows a number");
    }
    return number.group();
  }

  /** Consumes a string, which begins here. */
  String string() throws JsonSyntaxException {
    StringBuilder string = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return string.toString();
      }
      if (c < ' ') {
        // RFC 8259, section 7.
        throw wrong("expected \\u" + hex(c) + " in place of a control character");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw wrong("expected \" at the end of the string");
  }

  private char escaped() throws JsonSyntaxException {
    at++;
    int c = at < text.length() ? text.charAt(at) : END;
    if (c == 'u') {
      return unicode();
    }
    int known = "\"\\/bfnrt".indexOf(c);
    if (known < 0) {
      throw wrong("expected one of \"\\/bfnrtu after '\\'");
    }
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private char unicode() throws JsonSyntaxException {
    int value = 0;
    for (int i = 1; i <= 4; i++) {
      char c = at + i < text.length() ? text.charAt(at + i) : '"';
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("expected four hexadecimal digits after \\u");
      }
      value = value * 16 + digit;
    }
    at += 4;
    return (char) value;
  }

  private static String hex(char c) {
    return String.format("%04x", (int) c);
  }

  JsonSyntaxException unexpected(String expected) throws JsonSyntaxException {
    int c = next();
    return wrong(
        "expected " + expected + ", found " + (c == END ? "the end" : "'" + (char) c + "'"));
  }

  JsonSyntaxException wrong(String message) {
    return wrong(text, at, message);
  }

  static JsonSyntaxException wrong(String text, int at, String message) {
    int line = lineAt(text, at);
    int column = at - text.lastIndexOf('\n', at - 1);
    return new JsonSyntaxException("line " + line + ", column " + column + ": no JSON: " + message);
  }

  /** Returns the one-based number of the current line. */
  int line() {
    return lineAt(text, at);
  }

  private static int lineAt(String text, int at) {
    int line = 1;
    for (int end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) {
      line++;
    }
    return line;
  }
}
