package io.github.conflictguard.servlet.idempotency;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key in the header of a request. The draft of the IETF defines it as a String of
 * structured fields, in quotes; most clients send it without. Both forms of one value are equal.
 * Immutable.
 */
public final class IdempotencyKey {

  /** The maximum number of characters of a key. */
  static final int LONGEST = 255;

  /** The maximum number of characters of a header line: each escaped, and some parameters. */
  private static final int LONGEST_LINE = 4 * LONGEST;

  private final @Nullable String value;
  private final @Nullable String fault;

  private IdempotencyKey(@Nullable String value, @Nullable String fault) {
    this.value = value;
    this.fault = fault;
  }

  /**
   * Parses the header.
   *
   * @param lines its lines as sent
   * @return the key, which may be malformed; null when there is no line
   */
  public static @Nullable IdempotencyKey in(List<String> lines) {
    if (lines.isEmpty()) {
      return null;
    }
    if (lines.size() > 1) {
      return malformed("it is sent more than once");
    }
    String line = lines.get(0).trim();
    if (line.length() > LONGEST_LINE) {
      return tooLong();
    }
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ' || line.charAt(i) > '~') {
        return malformed("it contains other characters than printable ASCII");
      }
    }
    return line.startsWith("\"") ? quoted(line) : checked(line, line);
  }

  /** Parses a String of structured fields (RFC 9651, 4.2.5); its parameters have no meaning. */
  private static IdempotencyKey quoted(String line) {
    StringBuilder value = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        return areParameters(line.substring(i + 1))
            ? checked(value.toString(), "")
            : malformed("there is something after the closing quote");
      }
      if (c == '\\') {
        i++;
        char escaped = i < line.length() ? line.charAt(i) : ' ';
        if (escaped != '"' && escaped != '\\') {
          return malformed("a backslash may only precede a quote or a backslash");
        }
        c = escaped;
      }
      value.append(c);
    }
    return malformed("the closing quote is missing");
  }

  private static boolean areParameters(String text) {
    return text.matches("(?: *+; *+[a-z*][-_.*a-z0-9]*+(?:=[!#-+./0-:<-~-]*+)?)*+");
  }

  private static IdempotencyKey checked(String value, String bare) {
    if (value.isEmpty()) {
      return malformed("it is empty");
    }
    if (value.length() > LONGEST) {
      return tooLong();
    }
    for (int i = 0; i < bare.length(); i++) {
      if (" \",;\\".indexOf(bare.charAt(i)) >= 0) {
        return malformed("without quotes it may not contain spaces, quotes, commas or semicolons");
      }
    }
    return new IdempotencyKey(value, null);
  }

  private static IdempotencyKey tooLong() {
    return malformed("it has more than " + LONGEST + " characters");
  }

  private static IdempotencyKey malformed(String fault) {
    return new IdempotencyKey(null, fault);
  }

  /** Returns the key without quotes; null if it is malformed. */
  public @Nullable String value() {
    return value;
  }

  /** Returns why the key is malformed; null if it is well-formed. */
  public @Nullable String fault() {
    return fault;
  }
}
