package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A read for which the application must not answer that the client has it already: the page that
 * the client has carries tokens that were used.
 */
public final class UnconditionalRequest extends HidingRequest {

  public UnconditionalRequest(HttpServletRequest request) {
    super(
        request,
        name ->
            name.equalsIgnoreCase("If-None-Match") || name.equalsIgnoreCase("If-Modified-Since"));
  }
}
