package io.github.conflictguard.example.web;

import jakarta.servlet.http.HttpServletResponse;

/** The request cannot be served and the client is to blame: status 4xx and one plain sentence. */
public final class ClientErrorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private ClientErrorException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The body or a parameter is not what the address expects: 400. */
  public static ClientErrorException badRequest(String message) {
    return new ClientErrorException(HttpServletResponse.SC_BAD_REQUEST, message);
  }

  /** The thing that the address names does not exist: 404. */
  public static ClientErrorException notFound(String message) {
    return new ClientErrorException(HttpServletResponse.SC_NOT_FOUND, message);
  }

  /** The address exists, but not for this method: 405. */
  static ClientErrorException methodNotAllowed(String method) {
    return new ClientErrorException(
        HttpServletResponse.SC_METHOD_NOT_ALLOWED, method + " is not supported here");
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }
}
