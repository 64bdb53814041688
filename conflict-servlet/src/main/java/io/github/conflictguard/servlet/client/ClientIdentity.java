package io.github.conflictguard.servlet.client;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.resource.KeyedHash;
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
 * The client of a request, as far as one request tells: its session, its user, and a keyed digest
 * of its credentials. Nothing that is remembered for one identity is ever given to another one.
 *
 * <p>A client that has none of these is told by its address and its {@code User-Agent}: enough to
 * give a second click its answer, and never enough to count as known. Immutable. The text of an
 * identity contains nothing of it, so that it cannot get into logs.
 */
public final class ClientIdentity {

  private static final String[] CREDENTIALS = {
    "auth", "token", "secret", "api-key", "apikey", "user", "identity", "credential", "assertion"
  };

  private static final KeyedHash KEYED = new KeyedHash();

  private final @Nullable String session;
  private final @Nullable String principal;
  private final @Nullable String login;
  private final @Nullable String authorization;
  private final String credentials;
  private final @Nullable String place;

  /** Whether it serves counts alone, for which a hash that costs less is enough. */
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
   * Returns the client of a request at this moment. Called again after the application has run it
   * may return another one: the application may have logged a user in or out.
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
   * Returns the client of a request without a look into its session, which would prolong the
   * session's life. Not comparable with the results of {@link #of}.
   */
  public static ClientIdentity atDistance(HttpServletRequest request) {
    return new ClientIdentity(request, ObservedClient.sessionOf(request), null, "", true);
  }

  /**
   * Returns the same client when the application has answered, with the session that the answer has
   * started.
   */
  public static ClientIdentity atDistanceAfterwards(HttpServletRequest request) {
    return new ClientIdentity(request, ObservedClient.sessionAfterwards(request), null, "", true);
  }

  /**
   * Returns those to whom the answer to a request may be given again. The client that is there when
   * the application has run is one of them, and the client that sent the request is the other one
   * as long as no more has happened than that it got a session. After a login, a logout or the
   * change of a session's id the first answer is none of the earlier client's business.
   *
   * @param before when the request came
   * @param after when the application had run
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

  /** Returns the user of a request as the container or a filter in front names them. */
  public static @Nullable String principalOf(HttpServletRequest request) {
    String user = request.getRemoteUser();
    if (user != null) {
      return user;
    }
    Principal named = request.getUserPrincipal();
    return named == null ? null : named.getName();
  }

  /** Whether there is more than an address: a session, a user, or an {@code Authorization}. */
  public boolean isKnown() {
    return session != null || principal != null || authorization != null;
  }

  /**
   * Returns session and user of a request as one name: a form that was shown to these may be sent
   * by these. The same on every node and after a restart.
   */
  public static String holderOf(HttpServletRequest request, HttpSession ofRequest) {
    return holder(String.valueOf(ofRequest.getId()), principalOf(request));
  }

  /** Session and user, as {@link #holderOf} returns them. */
  public String holder() {
    return holder(session, principal);
  }

  /** Those to whom it was shown what a form held: session, user, login and authorization. */
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

  /** Everything by which clients can be told apart. */
  public String key() {
    return digest(viewer() + credentials + part(isKnown() ? null : place));
  }

  /**
   * Those among whom memory is shared fairly: a user has one share, however many sessions they
   * have, and all clients of one address that are not known have one.
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
   * Headers that may carry credentials. Cookies are among them where no session stands for the
   * client; else many of them change from click to click and mean nothing.
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

  /** With its length in front, so that nothing of one part can pass for the next one. */
  private static String part(@Nullable String text) {
    return text == null ? "-" : text.length() + ":" + text;
  }

  /** Keyed: what is remembered must not tell a password to those who can guess one. */
  private String digest(String text) {
    if (counted) {
      return cheap(text);
    }
    return Base64.getEncoder().withoutPadding().encodeToString(KEYED.of(text));
  }

  private static String cheap(String text) {
    return Long.toHexString(KEYED.numberOf(text));
  }

  private static String holder(@Nullable String session, @Nullable String principal) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(part(session) + part(principal)));
  }
}
