package io.github.conflictguard.servlet;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.replay.AppliedWrites;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.RequestFacts;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.rule.Target;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends each request the way that its rule and its method demand. Safe for several threads. */
final class Guard {

  private final Rules rules;
  private final Policies policies;
  private final FilterSettings settings;
  private final GuardedRead reads;
  private final GuardedWrite writes;
  private final ObservedExchanges observed;

  Guard(Rules rules, Policies policies, FilterSettings settings) {
    this.rules = rules;
    this.policies = policies;
    this.settings = settings;
    BodyTagSource bodies = new BodyTagSource(settings.bufferLimit(), settings.lockTimeoutMillis());
    States states = new States(bodies);
    this.reads = new GuardedRead(bodies, settings.bufferLimit());
    this.writes = new GuardedWrite(states, new AppliedWrites(settings.replayLimit()));
    this.observed = new ObservedExchanges(states, settings.bufferLimit());
  }

  /** Finds out what a request is aimed at. */
  Exchange exchange(HttpServletRequest request, HttpServletResponse response) throws IOException {
    RequestFacts facts = new RequestFacts(request);
    Target target = rules.targetOf(facts);
    return new Exchange(facts.request(), response, target, policies.of(target.rule()), settings);
  }

  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    String method = exchange.request.getMethod();
    if (!PreconditionEvaluator.isEvaluated(method)) {
      chain.doFilter(exchange.request, exchange.response);
    } else if (exchange.policy.mode == Mode.OBSERVE) {
      observed.serve(exchange, chain);
    } else if (exchange.target.isWrite()) {
      writes.serve(exchange, chain);
    } else if (PreconditionEvaluator.isRead(method)) {
      reads.serve(exchange, chain);
    } else {
      // A rule says that this POST reads: a search, for example.
      chain.doFilter(exchange.request, exchange.response);
    }
  }

  /** Goes on with what has become asynchronous. */
  void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    if (exchange.policy.mode == Mode.PROTECT) {
      reads.resume(exchange, chain);
    } else {
      chain.doFilter(exchange.request, exchange.response);
    }
  }
}
