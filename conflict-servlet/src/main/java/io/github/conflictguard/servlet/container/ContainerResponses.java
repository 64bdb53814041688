package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletResponse;

/**
 * The distinction of responses of containers from wrappers of earlier filters. Another thread may
 * write to the former. The latter may depend on the thread: Spring Security stores the security
 * context of the thread that commits the response.
 */
public final class ContainerResponses {

  private static final String[] CONTAINERS = {
    "org.apache.catalina.", "org.eclipse.jetty.", "io.undertow."
  };

  private ContainerResponses() {}

  /** Returns whether a response is that of a known container and not a wrapper. */
  public static boolean isOne(ServletResponse response) {
    String name = response.getClass().getName();
    for (String container : CONTAINERS) {
      if (name.startsWith(container)) {
        return !(response instanceof jakarta.servlet.ServletResponseWrapper);
      }
    }
    return false;
  }
}
