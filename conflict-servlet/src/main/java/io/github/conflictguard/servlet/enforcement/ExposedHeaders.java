package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.container.TomcatResponses;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.response.DelegatingResponse;
import io.github.conflictguard.servlet.response.ExposingResponse;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import io.github.conflictguard.servlet.rule.Mode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The setting {@code exposeHeaders}: which responses list the headers of the filter. */
final class ExposedHeaders {

  private ExposedHeaders() {}

  /** Returns the response that is used in place of that of the container. */
  static HttpServletResponse on(
      HttpServletResponse response,
      HttpServletRequest request,
      Policy policy,
      FilterSettings settings) {
    if (!settings.exposeHeaders()
        || policy.mode != Mode.PROTECT
        || request.getHeader("Origin") == null) {
      return response;
    }
    if (response instanceof DelegatingResponse || response instanceof UnwrappableResponse) {
      // An asynchronous pass may receive the response of the first one again.
      return response;
    }
    HttpServletResponse exposing = new ExposingResponse(response);
    return TomcatResponses.leadsToOne(response)
        ? exposing
        : new UnwrappableResponse(exposing, response);
  }
}
