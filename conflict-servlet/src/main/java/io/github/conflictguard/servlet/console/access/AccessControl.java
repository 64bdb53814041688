package io.github.conflictguard.servlet.console.access;

import io.github.conflictguard.servlet.config.MonitorAccess;
import io.github.conflictguard.servlet.config.MonitorSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may see the monitor, by its setting: the holder of a token, or users and roles of the
 * application. Addresses of clients are never considered, because a proxy on the same host lets
 * every client appear local. Safe for use by several threads.
 */
public final class AccessControl {

  /** The field of forms with the token of the session. */
  public static final String FORM_TOKEN = "formToken";

  /** The field of the page that requires a token. */
  public static final String TOKEN = "token";

  private static final String BEARER = "bearer ";

  private final MonitorAccess access;
  private final String token;
  private final boolean generated;
  private final boolean writes;

  /** Separate, so that wrong tokens in headers do not keep anyone from signing in. */
  private final TryLimit headerTries;

  private final TryLimit signInTries;
  private final Sessions sessions;
  private final ChangeCheck changes;

  /**
   * Creates the access control of one filter.
   *
   * @param path the absolute path of the monitor, to which its cookie is sent
   */
  public AccessControl(MonitorSettings settings, String path, LongSupplier nanoTime) {
    this.access = settings.access();
    this.sessions = new Sessions(path, settings.origins(), nanoTime);
    this.headerTries = new TryLimit(nanoTime);
    this.signInTries = new TryLimit(nanoTime);
    this.changes = new ChangeCheck(settings.origins());
    this.writes = settings.areWritesAllowed();
    String configured = settings.token();
    this.generated = configured == null;
    this.token = configured == null ? sessions.secret() : configured;
  }

  /** Returns the token that was generated and has to be logged; null if there is none. */
  public @Nullable String generatedToken() {
    return generated && isByToken() ? token : null;
  }

  /** Returns whether users have to send a token, and may end their session. */
  public boolean isByToken() {
    return access.kind() == MonitorAccess.Kind.TOKEN;
  }

  /** Returns the access of a request. A wrong token in the header counts as a wrong try. */
  public Access of(HttpServletRequest request) {
    switch (access.kind()) {
      case TOKEN:
        return sessions.of(request) == null ? byHeader(request) : Access.GRANTED;
      case ROLE:
        return granted(access.names().stream().anyMatch(request::isUserInRole));
      case USER:
        String user = user(request);
        return granted(user != null && access.names().contains(user));
      default:
        return Access.NONE;
    }
  }

  /** Evaluates the token of the sign-in page, and begins a session if it is right. */
  public Access signIn(HttpServletRequest request, HttpServletResponse response) {
    if (!isByToken() || !changes.isOfThisOrigin(request)) {
      return Access.SIGN_IN;
    }
    Access result = tryToken(signInTries, request.getParameter(TOKEN));
    if (result == Access.GRANTED) {
      sessions.begin(request, response, null);
    }
    return result;
  }

  /** Ends the session of a request that comes from a page of the monitor. */
  public boolean signOut(HttpServletRequest request, HttpServletResponse response) {
    Session session = sessions.of(request);
    if (session == null || !isFromMonitor(request, session)) {
      return false;
    }
    sessions.end(request, response, session);
    return true;
  }

  /**
   * Returns the session whose token the forms of a page contain. Users of the application get one
   * with the first page that has forms.
   *
   * @return null where pages have no forms, in particular for clients with a token in the header
   */
  public @Nullable Session session(HttpServletRequest request, HttpServletResponse response) {
    Session session = sessions.of(request);
    if (isByToken() || !writes) {
      return session;
    }
    String user = user(request);
    return session == null || !String.valueOf(user).equals(String.valueOf(session.user()))
        ? sessions.begin(request, response, user)
        : session;
  }

  /** Returns whether a request may change something: by setting, and from a page of its own. */
  public boolean permitsChange(HttpServletRequest request) {
    Session session = sessions.of(request);
    return writes
        && session != null
        && (isByToken() || String.valueOf(user(request)).equals(String.valueOf(session.user())))
        && isFromMonitor(request, session);
  }

  /** Returns whether the monitor offers changes. */
  public boolean areChangesOffered() {
    return writes;
  }

  /** Returns the name of the user by the application; null for the holder of the token. */
  public @Nullable String user(HttpServletRequest request) {
    if (isByToken()) {
      return null;
    }
    String remote = request.getRemoteUser();
    Principal principal = remote == null ? request.getUserPrincipal() : null;
    return principal == null ? remote : principal.getName();
  }

  private boolean isFromMonitor(HttpServletRequest request, Session session) {
    return changes.isOfThisOrigin(request) && ChangeCheck.hasToken(request, session);
  }

  private Access byHeader(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? tryToken(headerTries, header.substring(BEARER.length()).trim())
        : Access.SIGN_IN;
  }

  private Access tryToken(TryLimit tries, @Nullable String given) {
    switch (tries.attempt(() -> ChangeCheck.isEqual(given, token))) {
      case RIGHT:
        return Access.GRANTED;
      case TOO_MANY:
        return Access.WAIT;
      default:
        return Access.SIGN_IN;
    }
  }

  private static Access granted(boolean granted) {
    return granted ? Access.GRANTED : Access.NONE;
  }
}
