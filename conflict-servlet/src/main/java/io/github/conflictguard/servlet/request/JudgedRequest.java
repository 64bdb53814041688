package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A write whose preconditions held. They spoke of an entity tag that the filter made and the
 * application does not know, so the application does not get to see them.
 */
public final class JudgedRequest extends HidingRequest {

  public JudgedRequest(HttpServletRequest request) {
    super(request, HiddenHeaders::judged);
  }
}
