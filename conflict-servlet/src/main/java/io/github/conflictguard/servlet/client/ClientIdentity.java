package io.github.conflictguard.servlet.client;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.resource.KeyedHash;
import io.github.conflictguard.resource.SipHash;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client of a request, as identified by the request: its session, its user, and a keyed digest
 * of its credentials. Data stored for one identity is never disclosed to another one.
 *
 * <p>A client that has none of these is identified by its address and its {@code User-Agent}. This
 * suffices to repeat a response after a second click, and never makes the client count as known.
 * Immutable. The string representation reveals nothing of the identity, so that it cannot get into
 * logs.
 */
public final class ClientIdentity {

  private static final String[] CREDENTIALS = {
    "auth", "token", "secret", "api-key", "apikey", "user", "identity", "credential", "assertion"
  };

  private static final KeyedHash KEYED = new KeyedHash();

  /** For identities that are used for counts alone. */
  private static final SipHash COUNTED = new SipHash();

  private final @Nullable String session;
  private final @Nullable String principal;
  private final @Nullable String login;
  private final @Nullable String authorization;
  private final String credentials;
  private final @Nullable String place;

  /** The tenant of an application that several of them share; null for counts. */
  private final @Nullable String host;

  /** Whether it is used for counts alone, for which a cheaper hash suffices. */
  private final boolean counted;

  private @Nullable String viewer;

  private ClientIdentity(
      HttpServletRequest request,
      @Nullable String session,
      @Nullable String login,
      String credentials,
      boolean counted) {
    this.counted = counted;
    this.session = session;
    this.principal = principalOf(request);
    this.host = counted ? null : hostOf(request);
    this.login = login;
    String sent = lines(request, "Authorization");
    this.authorization = sent.isEmpty() ? null : digest(sent);
    this.credentials = counted ? "" : digest(credentials);
    this.place =
        session == null && principal == null
            ? digest(request.getRemoteAddr() + '\n' + request.getHeader("User-Agent"))
            : null;
  }

  /**
   * Returns the present client of a request. A later call may return another one, because the
   * application may have logged a user in or out.
   */
  public static ClientIdentity of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    String id = null;
    String login = null;
    try {
      id = session == null ? null : String.valueOf(session.getId());
      login = session == null ? null : SessionLogin.of(session);
    } catch (IllegalStateException e) {
      // The session has ended.
      id = null;
    }
    return new ClientIdentity(request, id, login, credentialsOf(request, id == null), false);
  }

  /**
   * Returns the present client of a request like {@link #of}, but without a session that the client
   * has not sent: a filter in front may have started one for this request alone.
   */
  public static ClientIdentity ofSender(HttpServletRequest request) {
    return request.isRequestedSessionIdValid()
        ? of(request)
        : new ClientIdentity(request, null, null, credentialsOf(request, true), false);
  }

  /**
   * Returns the client of a request without accessing its session, which would extend the session's
   * lifetime. Not comparable with the results of {@link #of}.
   */
  public static ClientIdentity atDistance(HttpServletRequest request) {
    return new ClientIdentity(request, ObservedClient.sessionOf(request), null, "", true);
  }

  /**
   * Returns the same client after the response of the application, with the session that the
   * application has started.
   */
  public static ClientIdentity atDistanceAfterwards(HttpServletRequest request) {
    return new ClientIdentity(request, ObservedClient.sessionAfterwards(request), null, "", true);
  }

  /**
   * Returns the clients to which the response to a request may be repeated. These are the client
   * after the application has run, and the client that sent the request, unless more has happened
   * than that it got a session. After a login, a logout or a change of the session id, the first
   * response is not disclosed to the earlier client.
   *
   * @param before when the request was received
   * @param after when the application had finished
   */
  public static List<ClientIdentity> entitled(ClientIdentity before, ClientIdentity after) {
    if (before.equals(after)) {
      return Collections.singletonList(after);
    }
    boolean gotSession =
        before.session == null
            && after.session != null
            && Objects.equals(before.principal, after.principal)
            && after.login == null;
    return gotSession ? Arrays.asList(after, before) : Collections.singletonList(after);
  }

  private static @Nullable String hostOf(HttpServletRequest request) {
    String name = request.getServerName();
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  /** Returns the user of a request as set by the container or a filter in front. */
  public static @Nullable String principalOf(HttpServletRequest request) {
    String user = request.getRemoteUser();
    if (user != null) {
      return user;
    }
    Principal named = request.getUserPrincipal();
    return named == null ? null : named.getName();
  }

  /**
   * Returns whether the client has more than an address: a session, a user, or an {@code
   * Authorization}.
   */
  public boolean isKnown() {
    return session != null || principal != null || authorization != null;
  }

  /**
   * Returns session and user of a request as one name: a form that was shown to them may be
   * submitted by them. The same on every node and after a restart.
   */
  public static String holderOf(HttpServletRequest request, HttpSession ofRequest) {
    return holder(String.valueOf(ofRequest.getId()), principalOf(request));
  }

  /** Returns session and user, as {@link #holderOf} does. */
  public String holder() {
    return holder(session, principal);
  }

  /**
   * Returns the identity to which the content of a form was shown: session, user, login and
   * authorization.
   */
  public String viewer() {
    String known = viewer;
    if (known == null) {
      String all =
          part(session)
              + part(principal)
              + part(login)
              + part(authorization)
              + part(isKnown() ? null : place);
      known =
          counted
              ? cheap(all)
              : Base64.getEncoder().withoutPadding().encodeToString(Sha256.of(all));
      viewer = known;
    }
    return known;
  }

  /**
   * Returns the identity to which idempotency keys belong, at the host that the client has named:
   * the user whom the container reports and the login of the application, in whatever session and
   * with whatever token; otherwise session, login and authorization, or everything that
   * distinguishes unknown clients.
   */
  public String owner() {
    String client =
        principal != null ? "user " + part(principal) + part(login) : isKnown() ? viewer() : key();
    return digest(part(host) + client);
  }

  /** Returns everything that distinguishes clients. */
  public String key() {
    return digest(viewer() + credentials + part(isKnown() ? null : place));
  }

  /**
   * Returns the identity for the fair sharing of memory. A user has one share, however many
   * sessions they have, and all unknown clients of one address have one share.
   */
  public String share() {
    return principal != null
        ? digest("user " + principal)
        : place == null ? digest("session " + session) : place;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClientIdentity && ((ClientIdentity) other).key().equals(key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public String toString() {
    return "ClientIdentity";
  }

  /**
   * Returns the headers that may contain credentials. Cookies are included where no session
   * identifies the client; otherwise many of them change with each click and have no meaning.
   */
  private static String credentialsOf(HttpServletRequest request, boolean cookies) {
    StringBuilder all = new StringBuilder();
    for (String name : Collections.list(request.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (isCredential(lower) || (cookies && lower.equals("cookie"))) {
        all.append(part(lower)).append(part(lines(request, name)));
      }
    }
    return all.toString();
  }

  private static boolean isCredential(String name) {
    if (name.startsWith("sec-") || name.equals("user-agent")) {
      return false;
    }
    for (String word : CREDENTIALS) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static String lines(HttpServletRequest request, String header) {
    return String.join("\n", Collections.list(request.getHeaders(header)));
  }

  /** Returns text prefixed with its length, so that adjacent parts are unambiguous. */
  private static String part(@Nullable String text) {
    return text == null ? "-" : text.length() + ":" + text;
  }

  /** Returns a keyed digest, so that stored data does not allow passwords to be guessed. */
  private String digest(String text) {
    if (counted) {
      return cheap(text);
    }
    return Base64.getEncoder().withoutPadding().encodeToString(KEYED.of(text));
  }

  private static String cheap(String text) {
    return Long.toHexString(COUNTED.of(text));
  }

  private static String holder(@Nullable String session, @Nullable String principal) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(part(session) + part(principal)));
  }
}
