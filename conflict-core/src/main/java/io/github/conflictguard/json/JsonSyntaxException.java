package io.github.conflictguard.json;

/**
 * Thrown when a text is not valid JSON; the message contains the line, the column and what was
 * expected.
 */
public final class JsonSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  JsonSyntaxException(String message) {
    super(message);
  }
}
