package io.github.conflictguard.client;

import java.io.IOException;

/** The body of a response is longer than the limit, as it would be in the next attempt. */
final class ResponseTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  ResponseTooLongException(int limit) {
    super("The response is longer than " + limit + " bytes, which is the limit");
  }
}
