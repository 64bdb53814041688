package io.github.conflictguard.servlet.doctor;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A request that the container has served without the guard, as far as it tells anything. */
final class ServedRequest {

  private static final Set<String> METHODS_THAT_COUNT =
      new HashSet<>(Arrays.asList("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));

  private static final Pattern FILE =
      Pattern.compile(
          ".*\\.(css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|txt|pdf|mp4)");

  /** What filters answer by themselves, without anything being amiss. */
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

  /** Returns whether an application would have answered such a request, rather than a filter. */
  boolean isForApplication() {
    return METHODS_THAT_COUNT.contains(request.getMethod())
        && request.getHeader("Upgrade") == null
        && isPathOfApplication(path);
  }

  /** Returns whether a path is neither that of a file nor one that filters answer. */
  static boolean isPathOfApplication(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return !FILE.matcher(lower).matches() && !ANSWERED_IN_FRONT.matcher(lower).matches();
  }

  boolean isWrite() {
    return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
  }

  /**
   * Returns whether the request carries any sign of an authenticated user. One without is likely to
   * have been sent to the login by what stands in front of the guard.
   */
  boolean looksAuthenticated() {
    return request.getRemoteUser() != null
        || request.getHeader("Authorization") != null
        || request.isRequestedSessionIdValid();
  }
}
