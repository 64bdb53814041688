package io.github.conflictguard.etag;

/**
 * Thrown when a header value violates the grammar of entity tags (RFC 9110, sections 8.8.3, 13.1.1
 * and 13.1.2).
 *
 * <p>The message contains the position and what was expected there, never the value itself, so that
 * it can be shown to the client.
 */
public final class EntityTagSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  EntityTagSyntaxException(String expected, int position) {
    super("expected " + expected + " at position " + position);
  }
}
