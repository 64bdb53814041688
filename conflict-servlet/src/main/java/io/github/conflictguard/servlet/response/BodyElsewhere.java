package io.github.conflictguard.servlet.response;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The detection of responses whose body another component sends by reference. */
public final class BodyElsewhere {

  /** The request attributes that make Tomcat and GlassFish send a file. */
  private static final String[] FILES = {
    "org.apache.tomcat.sendfile.filename", "org.glassfish.grizzly.http.SEND_FILE"
  };

  /** The attributes by which they announce that feature. */
  private static final Set<String> OFFERS =
      new HashSet<>(
          Arrays.asList(
              "org.apache.tomcat.sendfile.support",
              "org.glassfish.grizzly.http.SEND_FILE_ENABLED"));

  /** The headers that make a reverse proxy send a file or another resource. */
  private static final String[] OF_SERVERS_IN_FRONT = {
    "X-Sendfile", "X-Accel-Redirect", "X-LIGHTTPD-send-file", "X-Reproxy-URL"
  };

  private BodyElsewhere() {}

  /** Returns whether the client receives other bytes than those that were written. */
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

  /** Cancels the sending of a file by the container, because another response replaces it. */
  public static void cancel(ServletRequest request) {
    for (String file : FILES) {
      if (request.getAttribute(file) != null) {
        request.removeAttribute(file);
      }
    }
  }

  /** Returns whether a container announces the sending of files by this attribute. */
  public static boolean isOffer(String attribute) {
    return OFFERS.contains(attribute);
  }
}
