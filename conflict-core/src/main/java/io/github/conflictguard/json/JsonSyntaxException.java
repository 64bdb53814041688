package io.github.conflictguard.json;

/** Reports text that is no JSON; the message tells the line, the column and what was expected. */
public final class JsonSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  JsonSyntaxException(String message) {
    super(message);
  }
}
