package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.exchange.SentAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The address under which a browser knows a page. Immutable. */
final class PageAddress {

  final @Nullable String query;
  private final String url;
  private final String path;

  /** Taken before the application forwards: some containers change the request then. */
  PageAddress(HttpServletRequest request) {
    String url = request.getRequestURL().toString();
    String own = request.getRequestURI();
    this.query = SentAddress.query(request);
    this.path = SentAddress.path(request);
    this.url = url.endsWith(own) ? url.substring(0, url.length() - own.length()) + path : url;
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
