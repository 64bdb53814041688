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
import java.util.function.Consumer;
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
   * Counts a write before it is executed.
   *
   * @return receives whether the application has thrown an exception, when it has finished; null
   *     when nothing is awaited
   */
  @Nullable Consumer<Boolean> begin(Exchange exchange) throws IOException {
    KeyDemand demand = exchange.policy.idempotencyKey();
    if (demand == null || settings.limit() == 0 || !KeyedMethods.contain(exchange.target)) {
      return null;
    }
    HttpServletRequest request = exchange.request;
    IdempotencyKey key = IdempotencyKey.in(FieldLines.of(request, settings.header()));
    if (key == null || key.value() == null) {
      if (key != null) {
        observe(exchange, ProblemType.IDEMPOTENCY_KEY_MALFORMED, key.fault());
      } else if (demand == KeyDemand.REQUIRED) {
        observe(exchange, ProblemType.IDEMPOTENCY_KEY_MISSING, null);
      }
      return null;
    }
    String name = exchange.target.method() + ' ' + key.value();
    RequestFingerprint sent = RequestFingerprint.of(request, LocalAddress.shownPathOf(request));
    KeyedRequest entered = enter(exchange, name, sent);
    switch (entered.state()) {
      case FIRST:
        return failed -> end(exchange, entered.execution(), failed);
      case REPEATED:
        if (entered.isContradictedBy(sent)) {
          observe(exchange, ProblemType.IDEMPOTENCY_KEY_REUSED, null);
        } else {
          exchange.policy.tally.replayed.increment();
        }
        return null;
      case REUSED:
        observe(exchange, ProblemType.IDEMPOTENCY_KEY_REUSED, null);
        return null;
      default:
        observe(exchange, ProblemType.REQUEST_IN_PROGRESS, null);
        return null;
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

  private void end(Exchange exchange, KeyedExecution execution, boolean failed) {
    int status = exchange.response.getStatus();
    boolean later = exchange.response.getHeader("Retry-After") != null;
    if (!failed && StoredStatus.isStored(status, later, settings.stores5xx())) {
      HttpServletRequest request = exchange.request;
      execution.done(request, ClientIdentity.of(request), null, null);
    } else {
      execution.failed();
    }
  }

  private void observe(Exchange exchange, ProblemType type, @Nullable String fault) {
    responses.observe(
        exchange,
        exchange.problems.idempotencyKey(
            type,
            exchange.request,
            settings.header(),
            fault,
            Duration.ofSeconds(settings.lifetimeSeconds())),
        Found.PRECONDITION);
  }
}
