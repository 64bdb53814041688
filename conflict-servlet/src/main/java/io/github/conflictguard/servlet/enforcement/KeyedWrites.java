package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.config.IdempotencySettings;
import io.github.conflictguard.servlet.detection.ConflictDetector;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.enforcement.EnforcementResult.Refused;
import io.github.conflictguard.servlet.formdata.BodyDigest;
import io.github.conflictguard.servlet.formdata.BodyDigest.Sameness;
import io.github.conflictguard.servlet.idempotency.IdempotencyKey;
import io.github.conflictguard.servlet.idempotency.KeyedRequest;
import io.github.conflictguard.servlet.idempotency.KeyedRequests;
import io.github.conflictguard.servlet.idempotency.RecordedAnswer;
import io.github.conflictguard.servlet.idempotency.RequestFingerprint;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.rule.KeyDemand;
import io.github.conflictguard.servlet.rule.KeyedMethods;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Executes each write with an idempotency key once. A repetition gets the response to the first
 * request; what cannot be one is refused. Thread-safe.
 */
final class KeyedWrites {

  /** How long a write without a key counts as a repetition of one whose response was lost. */
  private static final int SECONDS_WITHOUT_KEY = 10;

  private final IdempotencySettings settings;
  private final KeyedRequests memory;
  private final ConflictDetector detector;
  private final CurrentStates states;
  private final Disclosure disclosure;
  private final Next next;

  /**
   * Creates an enforcement.
   *
   * @param next executes a write
   */
  KeyedWrites(
      IdempotencySettings settings,
      KeyedRequests memory,
      ConflictDetector detector,
      CurrentStates states,
      Disclosure disclosure,
      Next next) {
    this.states = states;
    this.disclosure = disclosure;
    this.settings = settings;
    this.memory = memory;
    this.detector = detector;
    this.next = next;
  }

  /** Returns whether the body of a request is compared with that of another one. */
  static boolean isBodyCompared(
      RuleMatch target, Policy policy, IdempotencySettings settings, HttpServletRequest request) {
    return policy.mode == Mode.PROTECT
        && isKeyed(target, policy, settings)
        && (policy.executesOnce() || request.getHeader(settings.header()) != null);
  }

  /** Returns whether a request may carry a key. */
  private static boolean isKeyed(RuleMatch target, Policy policy, IdempotencySettings settings) {
    return (policy.idempotencyKey() != null || policy.executesOnce())
        && KeyedMethods.contain(target)
        && settings.limit() > 0;
  }

  /** Returns whether a request is a write that is executed once. */
  boolean concern(Exchange exchange) {
    return isKeyed(exchange.target, exchange.policy, settings);
  }

  /** Executes a write, or returns why it is not executed. */
  EnforcementResult serve(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    KeyDemand demand = exchange.policy.idempotencyKey();
    IdempotencyKey key =
        demand == null ? null : IdempotencyKey.in(exchange.lines(settings.header()));
    if (key == null) {
      return demand == KeyDemand.REQUIRED
          ? refuse(exchange, ProblemType.IDEMPOTENCY_KEY_MISSING, null)
          : serveWithoutKey(exchange, chain);
    }
    String value = key.value();
    if (value == null) {
      return refuse(exchange, ProblemType.IDEMPOTENCY_KEY_MALFORMED, key.fault());
    }
    String name = exchange.target.method() + " key " + value;
    return serve(exchange, name, fingerprint(exchange), false, chain);
  }

  /** Executes a write that may be repeated by its client if the connection breaks. */
  private EnforcementResult serveWithoutKey(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    // RFC 9110, 13.1.1: a conditional write has a replay of its own, and so has a form.
    if (!exchange.policy.executesOnce()
        || OnceOnlySubmit.isOfForm(exchange)
        || exchange.conditions.concernWrites()
        || !ClientIdentity.ofSender(exchange.request).isKnown()) {
      return next.serve(exchange, chain);
    }
    RequestFingerprint sent = fingerprint(exchange);
    String content = sent.text();
    String name = "once " + exchange.request.getRemoteAddr() + ' ' + content;
    return content == null ? next.serve(exchange, chain) : serve(exchange, name, sent, true, chain);
  }

  private static RequestFingerprint fingerprint(Exchange exchange) throws IOException {
    return RequestFingerprint.of(exchange.request, LocalAddress.shownPathOf(exchange.request));
  }

  private EnforcementResult serve(
      Exchange exchange, String name, RequestFingerprint sent, boolean once, FilterChain chain)
      throws IOException, ServletException {
    KeyedRequest request = enter(exchange, name, sent, once);
    switch (request.state()) {
      case FIRST:
        return execute(
            new KeyedOutcome(exchange, request.execution(), settings, detector, once), chain);
      case REPEATED:
        return repeat(exchange, request, request.compare(sent, exchange.request));
      case REUSED:
        return refuse(exchange, ProblemType.IDEMPOTENCY_KEY_REUSED, null);
      default:
        return refuse(exchange, ProblemType.REQUEST_IN_PROGRESS, null);
    }
  }

  /** Enters a request. An interrupted wait ends like one that has timed out. */
  private KeyedRequest enter(
      Exchange exchange, String name, RequestFingerprint sent, boolean once) {
    ClientIdentity client = ClientIdentity.ofSender(exchange.request);
    int lifetime = once ? SECONDS_WITHOUT_KEY : settings.lifetimeSeconds();
    int patience = once ? exchange.policy.lockTimeoutMillis : settings.waitMillis();
    try {
      return memory.enter(client, ruleOf(exchange), name, sent, lifetime, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KeyedRequest.IN_PROGRESS;
    }
  }

  private static String ruleOf(Exchange exchange) {
    return String.valueOf(exchange.policy.ruleName());
  }

  /**
   * Records that the application has refused a client. Its earlier responses are no longer sent to
   * it: it may have them from a login that has ended.
   */
  void noteRefusal(Exchange exchange, int status) {
    boolean everywhere = status == HttpServletResponse.SC_UNAUTHORIZED;
    String rule = exchange.policy.ruleName();
    // A 403 without a rule concerns a resource for which no response is stored.
    if ((everywhere || (status == HttpServletResponse.SC_FORBIDDEN && rule != null))
        && !memory.isEmpty()) {
      memory.refused(ClientIdentity.ofSender(exchange.request), everywhere ? null : rule);
    }
  }

  private EnforcementResult execute(KeyedOutcome outcome, FilterChain chain)
      throws IOException, ServletException {
    try {
      EnforcementResult result = next.serve(outcome.exchange(), chain);
      outcome.returned(result);
      return result;
    } catch (Throwable e) {
      outcome.thrown(e);
      throw e;
    } finally {
      outcome.end();
    }
  }

  /** Continues a write after an asynchronous dispatch. */
  EnforcementResult resume(Exchange exchange, KeyedOutcome before, FilterChain chain)
      throws IOException, ServletException {
    KeyedOutcome outcome = before.again(exchange);
    exchange.before.changeAll();
    try {
      outcome.response().pass(exchange.request, chain);
    } catch (Throwable e) {
      outcome.thrown(e);
      outcome.end();
      throw e;
    }
    DetectedConflict found = exchange.detection.found();
    if (found != null) {
      outcome.detected(found);
      return EnforcementResult.of(exchange.detection);
    }
    if (!outcome.response().isContinuing()) {
      outcome.response().response().end();
    }
    outcome.returned(EnforcementResult.PASSED);
    return EnforcementResult.PASSED;
  }

  private EnforcementResult repeat(Exchange exchange, KeyedRequest request, Sameness same)
      throws IOException {
    if (same == Sameness.OTHER) {
      return refuse(exchange, ProblemType.IDEMPOTENCY_KEY_REUSED, null);
    }
    EnforcementResult refused = ApplicationRefusal.ofRead(exchange, states, disclosure);
    if (refused != null) {
      return refused;
    }
    ProblemDetail problem = request.problem();
    RecordedAnswer answer = request.answer();
    if (same == Sameness.SAME && answer != null) {
      exchange.policy.tally.replayed.increment();
      return EnforcementResult.repeated(answer::sendTo);
    }
    if (same == Sameness.SAME && problem != null) {
      exchange.policy.tally.replayed.increment();
      return EnforcementResult.refused(problem, Found.PRECONDITION)
          .with(RecordedAnswer.REPLAYED, "true");
    }
    if (same == Sameness.UNKNOWN) {
      BodyDigest.skip(exchange.request);
    }
    return refuse(exchange, ProblemType.ALREADY_APPLIED, null);
  }

  private Refused refuse(Exchange exchange, ProblemType type, @Nullable String fault) {
    return EnforcementResult.refused(
        exchange.problems.idempotencyKey(
            type,
            exchange.request,
            settings.header(),
            fault,
            Duration.ofSeconds(settings.lifetimeSeconds())),
        Found.PRECONDITION);
  }

  /** Executes a write. */
  @FunctionalInterface
  interface Next {

    EnforcementResult serve(Exchange exchange, FilterChain chain)
        throws IOException, ServletException;
  }
}
