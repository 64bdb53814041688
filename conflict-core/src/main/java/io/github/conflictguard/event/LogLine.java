package io.github.conflictguard.event;

import org.jspecify.annotations.Nullable;

/**
 * A line of {@code key=value} pairs. Parts of the values come from clients, which must not be able
 * to end a value or the line.
 */
final class LogLine {

  private final StringBuilder line;

  LogLine(String what) {
    this.line = new StringBuilder(256).append(what);
  }

  LogLine with(String key, @Nullable Object value) {
    String text = value == null ? "-" : value.toString();
    line.append(' ').append(key).append('=');
    if (isPlain(text)) {
      line.append(text);
    } else {
      appendQuoted(text);
    }
    return this;
  }

  /** Adds a pair, unless the value is not known. */
  LogLine withKnown(String key, @Nullable Object value) {
    return value == null ? this : with(key, value);
  }

  /** Adds a duration, unless it is not known. */
  LogLine withKnown(String key, long millis) {
    return millis < 0 ? this : with(key, millis);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private void appendQuoted(String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f)) {
        line.append(c);
      } else {
        // Line breaks of all scripts, and characters that change the direction of the following
        // text.
        line.append(String.format("\\u%04x", (int) c));
      }
    }
    line.append('"');
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
