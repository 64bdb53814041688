package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * The request for a page, which keeps its context path while the page is written: Jetty takes it
 * from a request whose servlet has returned, although the page may still be written asynchronously.
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
