package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A read to which the application must not respond with 304: the page in the client's cache
 * contains tokens that were used.
 */
public final class UnconditionalRequest extends HidingRequest {

  public UnconditionalRequest(HttpServletRequest request) {
    super(
        request,
        name ->
            name.equalsIgnoreCase("If-None-Match") || name.equalsIgnoreCase("If-Modified-Since"));
  }
}
