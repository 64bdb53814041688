package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.config.IdempotencySettings;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.enforcement.FilterResponses;
import io.github.conflictguard.servlet.idempotency.IdempotencyKey;
import io.github.conflictguard.servlet.idempotency.KeyedExecution;
import io.github.conflictguard.servlet.idempotency.KeyedRequest;
import io.github.conflictguard.servlet.idempotency.KeyedRequests;
import io.github.conflictguard.servlet.idempotency.RequestFingerprint;
import io.github.conflictguard.servlet.idempotency.StoredStatus;
import io.github.conflictguard.servlet.request.FieldLines;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.rule.KeyDemand;
import io.github.conflictguard.servlet.rule.KeyedMethods;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts what would have come of the idempotency keys of requests. Bodies that the application has
 * not read yet are not compared, and no response is stored. Thread-safe.
 */
final class ObservedKeys {

  private final IdempotencySettings settings;
  private final KeyedRequests memory;
  private final FilterResponses responses;

  ObservedKeys(IdempotencySettings settings, FilterResponses responses) {
    this.settings = settings;
    this.memory = new KeyedRequests(settings.limit(), new WaiterLimit(0), System::nanoTime);
    this.responses = responses;
  }

  /**
   * Counts a write before it is executed, and returns what its key has decided: a write that would
   * have been repeated or refused for it is not judged by its precondition as well.
   */
  ObservedKey begin(Exchange exchange) throws IOException {
    KeyDemand demand = exchange.policy.idempotencyKey();
    if (demand == null || settings.limit() == 0 || !KeyedMethods.contain(exchange.target)) {
      return ObservedKey.NONE;
    }
    HttpServletRequest request = exchange.request;
    IdempotencyKey key = IdempotencyKey.in(FieldLines.of(request, settings.header()));
    if (key == null) {
      return demand == KeyDemand.REQUIRED
          ? refused(exchange, ProblemType.IDEMPOTENCY_KEY_MISSING, null)
          : ObservedKey.NONE;
    }
    if (key.value() == null) {
      return refused(exchange, ProblemType.IDEMPOTENCY_KEY_MALFORMED, key.fault());
    }
    String name = exchange.target.method() + ' ' + key.value();
    RequestFingerprint sent = RequestFingerprint.of(request, LocalAddress.shownPathOf(request));
    KeyedRequest entered = enter(exchange, name, sent);
    switch (entered.state()) {
      case FIRST:
        return ObservedKey.first(executed -> end(exchange, entered.execution(), executed));
      case REPEATED:
        if (entered.isContradictedBy(sent)) {
          return refused(exchange, ProblemType.IDEMPOTENCY_KEY_REUSED, null);
        }
        exchange.policy.tally.replayed.increment();
        return ObservedKey.REPEATED;
      case REUSED:
        return refused(exchange, ProblemType.IDEMPOTENCY_KEY_REUSED, null);
      default:
        return refused(exchange, ProblemType.REQUEST_IN_PROGRESS, null);
    }
  }

  private KeyedRequest enter(Exchange exchange, String name, RequestFingerprint sent) {
    ClientIdentity client = ClientIdentity.ofSender(exchange.request);
    String rule = String.valueOf(exchange.policy.ruleName());
    try {
      return memory.enter(client, rule, name, sent, settings.lifetimeSeconds(), 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KeyedRequest.IN_PROGRESS;
    }
  }

  private void end(Exchange exchange, KeyedExecution execution, boolean executed) {
    int status = exchange.response.getStatus();
    boolean later = exchange.response.getHeader("Retry-After") != null;
    if (executed && StoredStatus.isStored(status, later, settings.stores5xx())) {
      HttpServletRequest request = exchange.request;
      execution.done(request, ClientIdentity.of(request), null, null);
    } else {
      execution.failed();
    }
  }

  private ObservedKey refused(Exchange exchange, ProblemType type, @Nullable String fault) {
    responses.observe(
        exchange,
        exchange.problems.idempotencyKey(
            type,
            exchange.request,
            settings.header(),
            fault,
            Duration.ofSeconds(settings.lifetimeSeconds())),
        Found.PRECONDITION);
    return ObservedKey.REFUSED;
  }
}
