package io.github.conflictguard.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON text (RFC 8259). Not safe for use by several threads. */
public final class JsonWriter {

  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder json = new StringBuilder(1024);
  private boolean first = true;

  /** Begins an object, as the whole text or as an element of an array. */
  public void startObject() {
    separate();
    open('{');
  }

  /** Ends the innermost object. */
  public void endObject() {
    close('}');
  }

  /** Begins a member whose value is an array. */
  public void startArray(String name) {
    name(name);
    open('[');
  }

  /** Ends the innermost array. */
  public void endArray() {
    close(']');
  }

  /** Begins a member whose value is an object. */
  public void startObject(String name) {
    name(name);
    open('{');
  }

  /** Writes a member of an object. */
  public void field(String name, String value) {
    name(name);
    quote(value);
  }

  /** Writes a member of an object. */
  public void field(String name, int value) {
    name(name);
    json.append(value);
  }

  /** Writes a member of an object. */
  public void field(String name, long value) {
    name(name);
    json.append(value);
  }

  /** Writes a member of an object. */
  public void field(String name, boolean value) {
    name(name);
    json.append(value);
  }

  /** Writes an element of an array. */
  public void string(String value) {
    separate();
    quote(value);
  }

  /**
   * Writes a value as {@link JsonReader} returns it.
   *
   * @throws IllegalArgumentException if the value has another type
   */
  public void value(@Nullable Object value) {
    if (value instanceof Map) {
      startObject();
      for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
        name(String.valueOf(member.getKey()));
        first = true;
        value(member.getValue());
      }
      endObject();
    } else if (value instanceof List) {
      separate();
      open('[');
      for (Object element : (List<?>) value) {
        value(element);
      }
      endArray();
    } else if (value instanceof String) {
      string((String) value);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      separate();
      json.append(value);
    } else {
      throw new IllegalArgumentException("no JSON value: " + value.getClass().getName());
    }
  }

  /** Returns the text in UTF-8. Unpaired surrogates become {@code ?}. */
  public byte[] toBytes() {
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

  /** Escapes quotation mark, reverse solidus and control characters (RFC 8259, section 7). */
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
