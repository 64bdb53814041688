package io.github.conflictguard.servlet.doctor;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A request that the container has served without the filter, if it can be examined. */
final class ServedRequest {

  private static final Set<String> METHODS_THAT_COUNT =
      new HashSet<>(Arrays.asList("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));

  private static final Pattern FILE =
      Pattern.compile(
          ".*\\.(css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|txt|pdf|mp4)");

  /** Paths to which filters normally respond themselves. */
  private static final Pattern ANSWERED_IN_FRONT =
      Pattern.compile(
          ".*/[^/]*(health|heartbeat|ping|alive|ready|readiness|status|metrics|prometheus|monitor"
              + "|actuator|jolokia|login|logout|logoff|signin|signout|sign-in|sign-out|log-in"
              + "|oauth|openid|saml|sso|j_security_check|j_spring_|captcha|denied|forbidden"
              + "|unauthori[sz]ed|error)[^/]*(/.*)?");

  private final HttpServletRequest request;
  private final String path;

  ServedRequest(HttpServletRequest request, String path) {
    this.request = request;
    this.path = path;
  }

  /**
   * Returns whether the application, not a preceding filter, would normally have handled such a
   * request.
   */
  boolean isForApplication() {
    return METHODS_THAT_COUNT.contains(request.getMethod())
        && request.getHeader("Upgrade") == null
        && isPathOfApplication(path);
  }

  /** Returns whether a path is neither that of a file nor one to which filters respond. */
  static boolean isPathOfApplication(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return !FILE.matcher(lower).matches() && !ANSWERED_IN_FRONT.matcher(lower).matches();
  }

  boolean isWrite() {
    return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
  }

  /**
   * Returns whether the request carries any sign of an authenticated user. One without has probably
   * been redirected to the login by a preceding filter.
   */
  boolean looksAuthenticated() {
    return request.getRemoteUser() != null
        || request.getHeader("Authorization") != null
        || request.isRequestedSessionIdValid();
  }
}
