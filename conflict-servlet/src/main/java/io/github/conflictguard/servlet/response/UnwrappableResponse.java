package io.github.conflictguard.servlet.response;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A wrapper that shows one response to the application and another to the container.
 *
 * <p>The application's calls are passed to {@code inner}. A container that unwraps responses to
 * find its own one, as Jetty and Undertow must do for a dispatch, finds it. The wrapper that Tomcat
 * inserts in front of its own response during an include stays behind {@code inner}.
 */
public final class UnwrappableResponse extends HttpServletResponseWrapper {

  private final HttpServletResponse inner;
  private ServletResponse containers;

  public UnwrappableResponse(HttpServletResponse inner, HttpServletResponse containers) {
    super(inner);
    this.inner = inner;
    this.containers = containers;
  }

  /** Returns the response that receives the application's calls. */
  public HttpServletResponse inner() {
    return inner;
  }

  void beginForward() {
    if (inner instanceof DelegatingResponse) {
      ((DelegatingResponse) inner).beginForward();
    }
  }

  @Override
  public ServletResponse getResponse() {
    return containers;
  }

  @Override
  public void setResponse(ServletResponse response) {
    this.containers = response;
  }
}
