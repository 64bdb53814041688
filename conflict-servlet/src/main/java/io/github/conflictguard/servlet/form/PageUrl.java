package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.request.SentAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The address of a page as seen by the browser. Immutable. */
final class PageUrl {

  final @Nullable String query;
  private final String url;
  private final String path;
  private final String local;

  /** Reads the address before the application forwards: some containers change the request then. */
  PageUrl(HttpServletRequest request) {
    String url = request.getRequestURL().toString();
    String own = request.getRequestURI();
    String sent = SentAddress.path(request);
    this.query = SentAddress.query(request);
    this.url = url.endsWith(own) ? url.substring(0, url.length() - own.length()) + sent : url;
    this.path = LocalAddress.pathOf(request);
    this.local = LocalAddress.of(request);
  }

  /** Returns the path. */
  String path() {
    return path;
  }

  /** Returns the address with its server. */
  String whole() {
    return query == null ? url : url + '?' + query;
  }

  /**
   * Returns the address without its server: a path of this application, whatever the client has
   * sent.
   */
  String local() {
    return local;
  }
}
