package io.github.conflictguard.example.web;

import jakarta.servlet.http.HttpServletResponse;

/** A client error: status 4xx and a message of one sentence. */
public final class ClientErrorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private ClientErrorException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns an exception for an invalid body or parameter: 400. */
  public static ClientErrorException badRequest(String message) {
    return new ClientErrorException(HttpServletResponse.SC_BAD_REQUEST, message);
  }

  /** Returns an exception for a client that may not do this: 403. */
  public static ClientErrorException forbidden(String message) {
    return new ClientErrorException(HttpServletResponse.SC_FORBIDDEN, message);
  }

  /** Returns an exception for a resource that does not exist: 404. */
  public static ClientErrorException notFound(String message) {
    return new ClientErrorException(HttpServletResponse.SC_NOT_FOUND, message);
  }

  /** Returns an exception for a method that the resource does not support: 405. */
  static ClientErrorException methodNotAllowed(String method) {
    return new ClientErrorException(
        HttpServletResponse.SC_METHOD_NOT_ALLOWED, method + " is not supported here");
  }

  /** Returns the status of the response. */
  public int status() {
    return status;
  }
}
