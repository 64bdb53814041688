package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A read that carries {@code If-None-Match} and {@code If-Modified-Since}. The second one is to be
 * ignored then (RFC 9110, 13.1.3), but the servlet base class answers it with 304 all the same.
 */
public final class UndatedRequest extends HidingRequest {

  public UndatedRequest(HttpServletRequest request) {
    super(request, HiddenHeaders::overruled);
  }
}
