package io.github.conflictguard.servlet.buffer;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * A dispatcher whose forward begins with an empty body. Tomcat resets the response passed to it;
 * Jetty resets its own one, which does not contain a buffered body.
 */
final class ResettingDispatcher implements RequestDispatcher {

  private final RequestDispatcher containers;
  private final Runnable emptyBody;

  ResettingDispatcher(RequestDispatcher containers, Runnable emptyBody) {
    this.containers = containers;
    this.emptyBody = emptyBody;
  }

  @Override
  public void forward(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    emptyBody.run();
    containers.forward(request, response);
  }

  @Override
  public void include(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    containers.include(request, response);
  }
}
