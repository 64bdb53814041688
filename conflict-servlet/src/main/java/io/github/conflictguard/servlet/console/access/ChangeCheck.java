package io.github.conflictguard.servlet.console.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a POST comes from a page of the monitor itself, and not from a page of another site
 * that a user of the monitor visits. Immutable.
 */
final class ChangeCheck {

  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final int LARGEST = 8192;

  /** The origins of the monitor where proxies change {@code Host}; empty where none does. */
  private final List<String> origins;

  ChangeCheck(List<String> origins) {
    this.origins = origins;
  }

  /** Returns whether a form of this origin was submitted. */
  boolean isOfThisOrigin(HttpServletRequest request) {
    return isForm(request) && isFetchedHere(request) && isOriginHere(request);
  }

  /** Returns whether a form contains the token of the session. */
  static boolean hasToken(HttpServletRequest request, Session session) {
    return isEqual(request.getParameter(AccessControl.FORM_TOKEN), session.formToken());
  }

  /** Compares in a time that does not depend on the position of the first difference. */
  static boolean isEqual(@Nullable String given, String expected) {
    return MessageDigest.isEqual(
        (given == null ? "" : given).getBytes(StandardCharsets.UTF_8),
        expected.getBytes(StandardCharsets.UTF_8));
  }

  /** Only a body counts: what a link contains is in the parameters of the request as well. */
  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    String plain = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    long length = request.getContentLengthLong();
    return plain.equals(TYPE)
        && request.getQueryString() == null
        && length >= 0
        && length <= LARGEST;
  }

  /** Browsers send the header over HTTPS and to the local machine. */
  private static boolean isFetchedHere(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site == null || site.equals("same-origin");
  }

  private boolean isOriginHere(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return true;
    }
    String plain = origin.toLowerCase(Locale.ROOT);
    if (!origins.isEmpty()) {
      return origins.contains(plain);
    }
    // The scheme is not compared: a proxy may end TLS.
    String host = request.getHeader("Host");
    int authority = plain.indexOf("://");
    if (host == null || authority < 0) {
      return false;
    }
    String scheme = plain.substring(0, authority);
    return withoutDefault(plain.substring(authority + 3), scheme)
        .equals(withoutDefault(host.toLowerCase(Locale.ROOT), scheme));
  }

  private static String withoutDefault(String authority, String scheme) {
    String usual = scheme.equals("https") ? ":443" : ":80";
    return authority.endsWith(usual)
        ? authority.substring(0, authority.length() - usual.length())
        : authority;
  }
}
