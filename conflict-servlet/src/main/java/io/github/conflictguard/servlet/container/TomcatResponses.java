package io.github.conflictguard.servlet.container;

import io.github.conflictguard.servlet.response.DelegatingResponse;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/**
 * Tells Tomcat's responses from others. After a forward, Tomcat 11 (and some of its older versions
 * by setting) looks through all wrappers for its own response and shuts it: whatever a filter wants
 * to send afterwards is lost. So on Tomcat nothing that we hand out may lead to it.
 */
public final class TomcatResponses {

  private TomcatResponses() {}

  /** Whether Tomcat would find a response of its own behind this one. */
  public static boolean leadsToOne(ServletResponse response) {
    return innermost(response).getClass().getName().startsWith("org.apache.catalina.");
  }

  /** The container's response behind all that was put in front of it. */
  public static ServletResponse innermost(ServletResponse response) {
    ServletResponse innermost = response;
    while (true) {
      if (innermost instanceof ServletResponseWrapper) {
        innermost = ((ServletResponseWrapper) innermost).getResponse();
      } else if (innermost instanceof DelegatingResponse) {
        // One of ours in front of another one of ours: they must agree on what the application
        // gets.
        innermost = ((DelegatingResponse) innermost).delegate();
      } else {
        return innermost;
      }
    }
  }
}
