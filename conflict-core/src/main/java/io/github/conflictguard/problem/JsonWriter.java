package io.github.conflictguard.problem;

import java.nio.charset.StandardCharsets;

/**
 * Writes JSON text (RFC 8259). The library writes it by itself, so that it depends on no version of
 * a JSON library that the application may use as well. Not safe for use by several threads.
 */
final class JsonWriter {

  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder json = new StringBuilder(1024);
  private boolean first = true;

  void startObject() {
    separate();
    open('{');
  }

  void endObject() {
    close('}');
  }

  void startArray(String name) {
    name(name);
    open('[');
  }

  void endArray() {
    close(']');
  }

  void startObject(String name) {
    name(name);
    open('{');
  }

  void field(String name, String value) {
    name(name);
    quote(value);
  }

  void field(String name, int value) {
    name(name);
    json.append(value);
  }

  void string(String value) {
    separate();
    quote(value);
  }

  /** Returns the text in UTF-8. Halves of surrogate pairs, which are no text, become {@code ?}. */
  byte[] toBytes() {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void open(char bracket) {
    json.append(bracket);
    first = true;
  }

  private void close(char bracket) {
    json.append(bracket);
    first = false;
  }

  private void name(String name) {
    separate();
    quote(name);
    json.append(':');
  }

  private void separate() {
    if (!first) {
      json.append(',');
    }
    first = false;
  }

  /** RFC 8259, section 7: quotation mark, reverse solidus and control characters are escaped. */
  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        escape(c);
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private void escape(char control) {
    int letter = "\b\t\n\f\r".indexOf(control);
    if (letter >= 0) {
      json.append('\\').append("btnfr".charAt(letter));
    } else {
      json.append("\\u00").append(HEX.charAt(control >> 4)).append(HEX.charAt(control & 15));
    }
  }
}
