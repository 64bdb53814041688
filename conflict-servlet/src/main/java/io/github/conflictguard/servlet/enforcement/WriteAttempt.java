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
 * One write while the application carries it out, and whether it has stored anything. In doubt it
 * has: a write that counts without reason costs others a refusal, one that does not count although
 * it stored something would cost an update. For one thread.
 *
 * <p>Certain are the refusals of {@link io.github.conflictguard.servlet.rule.StoredAnswers}, and a
 * redirect to a login, if the request did not get past the authentication of the application. That
 * is so when
 *
 * <ul>
 *   <li>the container knows no user, before and after;
 *   <li>the session is the same as before, or new, and has lost no attribute: who changes a
 *       password, and has to log in again because of that, loses the session or what is in it;
 *   <li>the request carries no form that was served to this client;
 *   <li>the pages of the rule are not shown to clients without session and user: where they are, a
 *       redirect to the login may also be what follows a registration.
 * </ul>
 */
public final class WriteAttempt {

  /** A word for a login in the path, whole: no {@code /catalogInfo}. */
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

  /** Called before the application sees the request. */
  public static WriteAttempt begin(Exchange exchange) {
    return new WriteAttempt(exchange);
  }

  /** Notes to whom the pages of a rule are shown. Called after a read. */
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
   * @param location where its answer leads, as it says it; null when it leads nowhere
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

  /** Returns whether a path names a login. */
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
    // By its name: some containers make a new object for each call.
    HttpSession session = request.getSession(false);
    return session != null
        && sessionId.equals(idOf(session))
        && namesIn(session).containsAll(attributes);
  }

  private static @Nullable String idOf(HttpSession session) {
    try {
      return session.getId();
    } catch (IllegalStateException e) {
      // Another request has invalidated it.
      return null;
    }
  }

  private static Set<String> namesIn(HttpSession session) {
    try {
      return new HashSet<>(Collections.list(session.getAttributeNames()));
    } catch (IllegalStateException e) {
      // It was invalidated, here or by another request.
      return Collections.emptySet();
    }
  }
}
