package io.github.conflictguard.servlet.form;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The address under which a browser knows a page. Immutable. */
final class PageAddress {

  final @Nullable String query;
  private final String url;
  private final String path;

  /** Taken before the application forwards: some containers change the request then. */
  PageAddress(HttpServletRequest request) {
    this.query = request.getQueryString();
    this.url = request.getRequestURL().toString();
    this.path = request.getRequestURI();
  }

  /** With the server. */
  String whole() {
    return query == null ? url : url + '?' + query;
  }

  /** Without the server. */
  String local() {
    return query == null ? path : path + '?' + query;
  }
}
