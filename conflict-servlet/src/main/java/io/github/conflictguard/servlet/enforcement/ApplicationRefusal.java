package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.rule.RedirectTarget;
import org.jspecify.annotations.Nullable;

/**
 * The application's refusal to show a resource to the internal GET, as the answer to a write (RFC
 * 9110, 13.2.1). A client that may not be shown the result of an internal GET gets no more of it
 * than how to authenticate.
 */
final class ApplicationRefusal {

  private ApplicationRefusal() {}

  /**
   * Returns how the write is answered by the refusal; null where it must not be.
   *
   * @param shown whether the client may be shown the result of the internal GET
   */
  static @Nullable PendingAnswer of(ProbeResponse refusal, Exchange exchange, boolean shown) {
    if (shown) {
      return () -> refusal.copyTo(exchange.response);
    }
    if (refusal.isChallenge()) {
      return () -> refusal.copyChallengeTo(exchange.response);
    }
    String location = refusal.getHeader("Location");
    String target = location == null ? null : RedirectTarget.of(exchange.request, location);
    return target != null && refusal.getStatus() / 100 == 3 && WriteAttempt.isLogin(target)
        ? () -> exchange.response.sendRedirect(location)
        : null;
  }
}
