package io.github.conflictguard.servlet.console.access;

import io.github.conflictguard.etag.Sha256;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The visits to the monitor of one filter, with a cookie each, independent of the sessions of the
 * application. They end with the filter, after eight hours, or when there are too many. Safe for
 * use by several threads.
 */
final class Sessions {

  private static final String NAME = "conflictguard-monitor";
  private static final String HTTPS = "https://";
  private static final int MOST = 200;
  private static final int MOST_COOKIES = 50;
  private static final int RANDOM_BYTES = 32;
  private static final int LIFETIME_HOURS = 8;

  private final SecureRandom random = new SecureRandom();
  private final LongSupplier nanoTime;
  private final String path;

  /** The origins of the monitor where a proxy may end TLS; empty where none is configured. */
  private final List<String> origins;

  /** By the hash of its cookie, so that the time of a look-up reveals nothing about a cookie. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /**
   * Creates an empty table.
   *
   * @param origins the configured origins of the monitor, in lower case
   */
  Sessions(String path, List<String> origins, LongSupplier nanoTime) {
    this.path = path;
    this.origins = origins;
    this.nanoTime = nanoTime;
  }

  /** Returns random text of 32 bytes. */
  String secret() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns the valid session of a request; null if it has none. */
  synchronized @Nullable Session of(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    int count = cookies == null ? 0 : Math.min(cookies.length, MOST_COOKIES);
    for (int i = 0; cookies != null && i < count; i++) {
      Session session = NAME.equals(cookies[i].getName()) ? valid(cookies[i].getValue()) : null;
      if (session != null) {
        return session;
      }
    }
    return null;
  }

  /** Creates a session and sends its cookie. */
  Session begin(HttpServletRequest request, HttpServletResponse response, @Nullable String user) {
    Session session =
        new Session(
            secret(),
            secret(),
            user,
            nanoTime.getAsLong() + TimeUnit.HOURS.toNanos(LIFETIME_HOURS));
    synchronized (this) {
      if (sessions.size() >= MOST) {
        sessions.remove(sessions.keySet().iterator().next());
      }
      sessions.put(hash(session.id), session);
    }
    send(request, response, session.id, TimeUnit.HOURS.toSeconds(LIFETIME_HOURS));
    return session;
  }

  /** Ends a session and removes its cookie. */
  void end(HttpServletRequest request, HttpServletResponse response, Session session) {
    synchronized (this) {
      sessions.remove(hash(session.id));
    }
    send(request, response, "", 0);
  }

  private @Nullable Session valid(@Nullable String id) {
    Session session = id == null ? null : sessions.get(hash(id));
    return session == null || session.expires - nanoTime.getAsLong() <= 0 ? null : session;
  }

  /** The class Cookie of Servlet 3.1 to 5.0 has no SameSite. */
  private void send(
      HttpServletRequest request, HttpServletResponse response, String value, long seconds) {
    response.addHeader(
        "Set-Cookie",
        NAME
            + "="
            + value
            + "; Path="
            + path
            + "; Max-Age="
            + seconds
            + "; HttpOnly; SameSite=Strict"
            + (isSecure(request) ? "; Secure" : ""));
  }

  /** Returns whether the browser uses HTTPS, which a proxy in front of the container may end. */
  private boolean isSecure(HttpServletRequest request) {
    if (request.isSecure()) {
      return true;
    }
    String origin = String.valueOf(request.getHeader("Origin")).toLowerCase(Locale.ROOT);
    return origins.contains(origin)
        ? origin.startsWith(HTTPS)
        : !origins.isEmpty() && origins.stream().allMatch(each -> each.startsWith(HTTPS));
  }

  private static String hash(String id) {
    return Base64.getEncoder().encodeToString(Sha256.of(id));
  }
}
