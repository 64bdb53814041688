package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.rule.RedirectTarget;
import io.github.conflictguard.servlet.tag.CurrentState;
import org.jspecify.annotations.Nullable;

/**
 * The application's refusal to show a resource to the internal GET, used as the response to a write
 * (RFC 9110, 13.2.1). A client to which the result of an internal GET may not be disclosed only
 * receives the authentication challenge or the redirect to the login page.
 */
final class ApplicationRefusal {

  private ApplicationRefusal() {}

  /**
   * Returns the application's refusal to show the resource to the client (401, 403, a login page),
   * which takes precedence over the request for a precondition (RFC 9110, 13.2.1). Null where the
   * application shows the resource, or an internal GET is not allowed.
   */
  static @Nullable EnforcementResult ofRead(
      Exchange exchange, CurrentStates states, Disclosure disclosure) {
    if (!exchange.policy.readsByInternalGet()) {
      return null;
    }
    CurrentState asked = states.ask(exchange);
    ProbeResponse refusal = asked.isAbsent() ? null : asked.refusal();
    exchange.progress.internalGet(asked.answer());
    return refusal == null ? null : of(refusal, exchange, disclosure.mayShowState(exchange));
  }

  /**
   * Returns the refusal as the response to the write; null where it must not be used.
   *
   * @param shown whether the result of the internal GET may be disclosed to the client
   */
  static @Nullable EnforcementResult of(ProbeResponse refusal, Exchange exchange, boolean shown) {
    if (shown) {
      return EnforcementResult.existing(refusal::copyTo);
    }
    if (refusal.isChallenge()) {
      return EnforcementResult.existing(refusal::copyChallengeTo);
    }
    String location = refusal.getHeader("Location");
    String target = location == null ? null : RedirectTarget.of(exchange.request, location);
    return target != null && refusal.getStatus() / 100 == 3 && WriteAttempt.isLogin(target)
        ? EnforcementResult.existing(response -> response.sendRedirect(location))
        : null;
  }
}
