package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request for a page that keeps its context path while the page is written. Jetty clears the
 * context path of a request whose servlet has returned, although the page may still be written
 * asynchronously.
 */
public final class PageRequest extends HttpServletRequestWrapper {

  private final String contextPath;

  public PageRequest(HttpServletRequest request) {
    super(request);
    this.contextPath = request.getContextPath();
  }

  @Override
  public String getContextPath() {
    return contextPath;
  }
}
