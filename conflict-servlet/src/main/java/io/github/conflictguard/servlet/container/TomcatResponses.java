package io.github.conflictguard.servlet.container;

import io.github.conflictguard.servlet.response.DelegatingResponse;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/**
 * The distinction of Tomcat's responses from others. After a forward, Tomcat 11 (and some earlier
 * versions, depending on a setting) unwraps the response to find its own one and suspends it: later
 * output of a filter is lost. On Tomcat, the filter's responses must therefore not unwrap to
 * Tomcat's own.
 */
public final class TomcatResponses {

  private TomcatResponses() {}

  /** Returns whether Tomcat would find a response of its own behind this one. */
  public static boolean leadsToOne(ServletResponse response) {
    return innermost(response).getClass().getName().startsWith("org.apache.catalina.");
  }

  /** Returns the container's response behind all wrappers. */
  public static ServletResponse innermost(ServletResponse response) {
    ServletResponse innermost = response;
    while (true) {
      if (innermost instanceof ServletResponseWrapper) {
        innermost = ((ServletResponseWrapper) innermost).getResponse();
      } else if (innermost instanceof DelegatingResponse) {
        // Nested responses of the filter must determine the same response.
        innermost = ((DelegatingResponse) innermost).delegate();
      } else {
        return innermost;
      }
    }
  }
}
