package io.github.conflictguard.servlet.response;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Responses whose body is sent by something else than the application, which only names it. */
public final class BodyElsewhere {

  /** Attributes of the request by which Tomcat and GlassFish are told to send a file. */
  private static final String[] FILES = {
    "org.apache.tomcat.sendfile.filename", "org.glassfish.grizzly.http.SEND_FILE"
  };

  /** Attributes by which they offer to do so. */
  private static final Set<String> OFFERS =
      new HashSet<>(
          Arrays.asList(
              "org.apache.tomcat.sendfile.support",
              "org.glassfish.grizzly.http.SEND_FILE_ENABLED"));

  /** A server in front sends what a header names, or lets the application name it. */
  private static final String[] OF_SERVERS_IN_FRONT = {
    "X-Sendfile", "X-Accel-Redirect", "X-LIGHTTPD-send-file", "X-Reproxy-URL"
  };

  private BodyElsewhere() {}

  /** Returns whether the bytes that were written are not those that the client gets. */
  public static boolean isSent(@Nullable ServletRequest request, HttpServletResponse response) {
    for (String file : FILES) {
      if (request != null && request.getAttribute(file) != null) {
        return true;
      }
    }
    for (String header : OF_SERVERS_IN_FRONT) {
      if (response.containsHeader(header)) {
        return true;
      }
    }
    return false;
  }

  /** Takes back what the container was told to send: something else is the answer. */
  public static void cancel(ServletRequest request) {
    for (String file : FILES) {
      if (request.getAttribute(file) != null) {
        request.removeAttribute(file);
      }
    }
  }

  /** Returns whether this is the attribute by which a container offers to send files. */
  public static boolean isOffer(String attribute) {
    return OFFERS.contains(attribute);
  }
}
