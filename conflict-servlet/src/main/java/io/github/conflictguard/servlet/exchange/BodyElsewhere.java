package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Responses whose body is sent by something else than the application, which only names it. */
public final class BodyElsewhere {

  /** Tomcat sends a file that an attribute of the request names. */
  private static final String TOMCATS = "org.apache.tomcat.sendfile.";

  private static final String FILE = TOMCATS + "filename";
  private static final String OFFER = TOMCATS + "support";

  /** A server in front sends what a header names, or lets the application name it. */
  private static final String[] OF_SERVERS_IN_FRONT = {
    "X-Sendfile", "X-Accel-Redirect", "X-LIGHTTPD-send-file", "X-Reproxy-URL"
  };

  private BodyElsewhere() {}

  /** Returns whether the bytes that were written are not those that the client gets. */
  public static boolean isSent(@Nullable ServletRequest request, HttpServletResponse response) {
    if (request != null && request.getAttribute(FILE) != null) {
      return true;
    }
    for (String header : OF_SERVERS_IN_FRONT) {
      if (response.containsHeader(header)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether this is the attribute by which a container offers to send files. */
  static boolean isOffer(String attribute) {
    return attribute.equals(OFFER);
  }
}
