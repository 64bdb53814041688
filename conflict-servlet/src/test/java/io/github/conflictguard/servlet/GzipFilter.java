package io.github.conflictguard.servlet;

import jakarta.servlet.http.HttpServletResponse;

/** Compresses answers, as the filters of old applications do. */
final class GzipFilter extends ShorteningFilter {

  @Override
  ShortenedResponse shortened(HttpServletResponse response) {
    return new GzipResponse(response);
  }

  private static final class GzipResponse extends ShortenedResponse {

    GzipResponse(HttpServletResponse response) {
      super(response);
    }
  }
}
