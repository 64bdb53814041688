package io.github.conflictguard.servlet.client;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * The client of a request, identified without a hash and without accessing its session, which would
 * extend the session's lifetime. Immutable.
 */
public final class ObservedClient {

  private final String name;
  private final boolean known;

  private ObservedClient(HttpServletRequest request, @Nullable String session) {
    String user = ClientIdentity.principalOf(request);
    String authorization = request.getHeader("Authorization");
    this.known = session != null || user != null || authorization != null;
    this.name =
        known
            ? session + '\n' + user + '\n' + authorization
            : request.getRemoteAddr() + '\n' + request.getHeader("User-Agent");
  }

  /** Returns the client that has sent a request. */
  public static ObservedClient of(HttpServletRequest request) {
    return new ObservedClient(request, sessionOf(request));
  }

  /**
   * Returns the client after the response of the application, with the session that was started.
   */
  public static ObservedClient afterwards(HttpServletRequest request) {
    return new ObservedClient(request, sessionAfterwards(request));
  }

  /** Returns whether the client has more than an address, which several users may share. */
  public boolean isKnown() {
    return known;
  }

  /**
   * Returns the name that distinguishes this client from others. Not for logs: it may contain
   * credentials.
   */
  public String name() {
    return name;
  }

  static @Nullable String sessionOf(HttpServletRequest request) {
    return request.isRequestedSessionIdValid() ? plain(request.getRequestedSessionId()) : null;
  }

  /**
   * Returns the id of the session after the response. A session that was not in the request has
   * been accessed by the application already.
   */
  static @Nullable String sessionAfterwards(HttpServletRequest request) {
    String before = sessionOf(request);
    if (before != null) {
      return before;
    }
    try {
      HttpSession started = request.getSession(false);
      return started == null ? null : plain(started.getId());
    } catch (IllegalStateException e) {
      // The session has ended, or the response is no longer available.
      return null;
    }
  }

  /** Returns the id without the node name, which some containers append in the cookie alone. */
  private static @Nullable String plain(@Nullable String id) {
    for (int i = 0; id != null && i < id.length(); i++) {
      if (id.charAt(i) == '.' || id.charAt(i) == ':' || id.charAt(i) == '!') {
        return id.substring(0, i);
      }
    }
    return id;
  }
}
