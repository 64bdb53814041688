package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A read that asks for a part of a representation on a condition that the application cannot judge,
 * because the entity tag in it is the filter's. It becomes a read of the whole, which a server may
 * always answer with (RFC 9110, 14.2).
 */
public final class WholeRequest extends HidingRequest {

  public WholeRequest(HttpServletRequest request) {
    super(request, HiddenHeaders::ofAPart);
  }
}
