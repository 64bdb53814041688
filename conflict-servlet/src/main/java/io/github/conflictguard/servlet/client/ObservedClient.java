package io.github.conflictguard.servlet.client;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * The client of a request, told without a look into its session, which would prolong the session's
 * life, and without a hash. Immutable.
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

  /** Returns the client when the application has answered, with the session that it has started. */
  public static ObservedClient afterwards(HttpServletRequest request) {
    return new ObservedClient(request, sessionAfterwards(request));
  }

  /** Returns whether there is more than an address, which several people may share. */
  public boolean isKnown() {
    return known;
  }

  /** Returns what tells this client from others. Not for logs: it may contain credentials. */
  public String name() {
    return name;
  }

  static @Nullable String sessionOf(HttpServletRequest request) {
    return request.isRequestedSessionIdValid() ? plain(request.getRequestedSessionId()) : null;
  }

  /** A session that the request did not name is one that the application has touched already. */
  static @Nullable String sessionAfterwards(HttpServletRequest request) {
    String before = sessionOf(request);
    if (before != null) {
      return before;
    }
    try {
      HttpSession started = request.getSession(false);
      return started == null ? null : plain(started.getId());
    } catch (IllegalStateException e) {
      // It has ended, or the response is gone.
      return null;
    }
  }

  /** Without the node, which some containers append to the id in the cookie alone. */
  private static @Nullable String plain(@Nullable String id) {
    return id == null ? null : id.split("[.:!]", 2)[0];
  }
}
