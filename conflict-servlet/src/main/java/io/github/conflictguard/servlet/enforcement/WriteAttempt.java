package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.rule.RedirectTarget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One write during its execution, and whether it has stored anything. In case of doubt it has:
 * counting a write without reason causes a refusal for another client, whereas ignoring a write
 * that stored something would cause a lost update. Not thread-safe.
 *
 * <p>It is certain that nothing was stored for the refusals of {@link
 * io.github.conflictguard.servlet.rule.StoredAnswers}, and for a redirect to a login if the request
 * did not pass the authentication of the application. The latter is assumed when
 *
 * <ul>
 *   <li>the container reports no user, before and after the request;
 *   <li>the session is the same as before, or new, and has lost no attribute: a user who has to log
 *       in again after changing a password loses the session or its content;
 *   <li>the request carries no form that was served to this client;
 *   <li>the pages of the rule are not shown to clients without session and user: otherwise a
 *       redirect to the login may also follow a registration.
 * </ul>
 */
public final class WriteAttempt {

  /** A path segment that denotes a login, as a whole word: {@code /catalogInfo} does not match. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "(?:^|[^A-Za-z]|[a-z](?=[LS]))(?:[Ll]og|[Ss]ign)[-_]?(?:[iI]n|[oO]n)"
              + "(?:page|form|view)?(?![a-z])"
              + "|(?:^|[^A-Za-z])(?:auth|oauth2?|authenticat(?:e|ion)|sso|saml2?|cas|openid"
              + "|j_security_check)(?![a-z])");

  private final Exchange exchange;
  private final boolean counts;
  private final boolean mayBeUnauthenticated;
  private final @Nullable String sessionId;
  private final Set<String> attributes;

  private WriteAttempt(Exchange exchange) {
    this.exchange = exchange;
    this.counts = exchange.policy.countsWrites();
    HttpServletRequest request = exchange.request;
    SubmittedToken carried = exchange.carried;
    this.mayBeUnauthenticated =
        counts
            && request.getRemoteUser() == null
            && (carried == null || !carried.isValid())
            && !exchange.policy.servesAnonymously();
    HttpSession session = mayBeUnauthenticated ? request.getSession(false) : null;
    this.sessionId = session == null ? null : idOf(session);
    this.attributes = session == null ? Collections.emptySet() : namesIn(session);
  }

  /** Starts the attempt of a write. Called before the application receives the request. */
  public static WriteAttempt begin(Exchange exchange) {
    return new WriteAttempt(exchange);
  }

  /** Records to which clients the pages of a rule are shown. Called after a read. */
  public static void noteRead(Exchange exchange) {
    Policy policy = exchange.policy;
    if (policy.countsWrites()
        && !policy.servesAnonymously()
        && exchange.response.getStatus() == 200
        && exchange.request.getRemoteUser() == null
        && !exchange.request.isRequestedSessionIdValid()) {
      policy.servedAnonymously();
    }
  }

  /**
   * Returns whether the application has certainly stored nothing.
   *
   * @param location the redirect target as set by the application; null when there is none
   */
  public boolean hasStoredNothing(int status, @Nullable String location) {
    if (!counts || exchange.detection.found() != null) {
      return false;
    }
    String target = location == null ? null : RedirectTarget.of(exchange.request, location);
    return exchange.policy.storesNothing(status, target)
        || (mayBeUnauthenticated
            && status / 100 == 3
            && target != null
            && isLogin(target)
            && !exchange.policy.isNamedAsStored(status, target)
            && isSameClient());
  }

  /** Returns whether a path denotes a login. */
  static boolean isLogin(String target) {
    return LOGIN.matcher(target.split("[?#]", 2)[0]).find();
  }

  private boolean isSameClient() {
    HttpServletRequest request = exchange.request;
    if (request.getRemoteUser() != null) {
      return false;
    }
    if (sessionId == null) {
      return true;
    }
    // By session id: some containers create a new object for each call.
    HttpSession session = request.getSession(false);
    return session != null
        && sessionId.equals(idOf(session))
        && namesIn(session).containsAll(attributes);
  }

  private static @Nullable String idOf(HttpSession session) {
    try {
      return session.getId();
    } catch (IllegalStateException e) {
      // Another request has invalidated the session.
      return null;
    }
  }

  private static Set<String> namesIn(HttpSession session) {
    try {
      return new HashSet<>(Collections.list(session.getAttributeNames()));
    } catch (IllegalStateException e) {
      // The session was invalidated, by this or another request.
      return Collections.emptySet();
    }
  }
}
