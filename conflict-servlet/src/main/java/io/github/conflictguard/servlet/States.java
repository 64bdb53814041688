package io.github.conflictguard.servlet;

import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.exchange.SelectingHeaders;
import io.github.conflictguard.servlet.tag.AskedPage;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.CurrentState;
import io.github.conflictguard.servlet.tag.VariantTag;
import org.jspecify.annotations.Nullable;

/**
 * The current state of what a request is aimed at, from wherever its policy has it. Safe for use by
 * several threads.
 */
final class States {

  private final BodyTagSource bodies;

  States(BodyTagSource bodies) {
    this.bodies = bodies;
  }

  /**
   * Finds it out at this moment. The application is asked only where that is needed or allowed.
   *
   * @param shown whether a refusal may tell more than that a precondition did not hold
   */
  CurrentState current(Exchange exchange, boolean shown) {
    SelectedRepresentation known = exchange.policy.state(exchange.target);
    if (known == null) {
      return ask(exchange);
    }
    if (!exchange.policy.mayAsk() || known.isUnreadable()) {
      return CurrentState.known(known);
    }
    if (!shown && isRefuted(exchange, known)) {
      // Nothing that the application can answer makes the preconditions hold.
      return CurrentState.known(known);
    }
    if (!exchange.target.isReadTargetPlain()) {
      return CurrentState.unreadable();
    }
    CurrentState asked = ask(exchange);
    if (asked.refusal() != null) {
      // 13.2.1: what the application refuses to show wins, and what is not there has no tag.
      return asked;
    }
    // Without an answer it is still not known whether there is anything.
    return CurrentState.known(asked.representation().isUnreadable() ? known : existing(known));
  }

  /** Asks for the page that shows what a form is about. */
  AskedPage page(Exchange exchange) {
    if (!exchange.target.isReadTargetPlain()) {
      return AskedPage.unreadable();
    }
    return bodies.page(exchange.request, exchange.response, exchange.target.readTarget());
  }

  /** Asks the application again, by the headers that another representation was selected by. */
  CurrentState selected(Exchange exchange, SelectingHeaders headers) {
    String elsewhere = exchange.target.readTarget();
    return bodies.read(
        exchange.target.key(),
        headers.in(exchange.request),
        exchange.response,
        elsewhere == null ? null : headers.at(elsewhere),
        exchange.policy.taggable());
  }

  private CurrentState ask(Exchange exchange) {
    if (!exchange.target.isReadTargetPlain()) {
      return CurrentState.unreadable();
    }
    return bodies.read(
        exchange.target.key(),
        exchange.request,
        exchange.response,
        exchange.target.readTarget(),
        exchange.policy.taggable());
  }

  /** Whether the preconditions fail, be there something or not. */
  private static boolean isRefuted(Exchange exchange, SelectedRepresentation known) {
    return fails(exchange, existing(known)) && fails(exchange, SelectedRepresentation.absent());
  }

  private static boolean fails(Exchange exchange, SelectedRepresentation state) {
    return PreconditionEvaluator.evaluate(
                exchange.target.method(),
                exchange.conditions,
                VariantTag.asSent(state, exchange.conditions),
                false)
            .outcome()
        == Outcome.FAILED;
  }

  private static SelectedRepresentation existing(SelectedRepresentation known) {
    return known.isAbsent()
        ? known
        : SelectedRepresentation.present(known.tag(), known.lastModified());
  }

  /**
   * Asks the application for a checksum of what it shows.
   *
   * @param characters whether the body that it is compared with was written as characters
   * @return null when it is not known
   */
  @Nullable Long checksum(Exchange exchange, boolean characters) {
    return exchange.target.isReadTargetPlain()
        ? bodies.checksum(
            exchange.request, exchange.response, exchange.target.readTarget(), characters)
        : null;
  }
}
