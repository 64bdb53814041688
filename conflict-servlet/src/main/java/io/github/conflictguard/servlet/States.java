package io.github.conflictguard.servlet;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.CurrentState;
import io.github.conflictguard.servlet.tag.Validators;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The current state of what a request is aimed at, from wherever its policy has it. Safe for use by
 * several threads.
 */
final class States {

  private final BodyTagSource bodies;

  States(BodyTagSource bodies) {
    this.bodies = bodies;
  }

  /** Finds it out at this moment. The application is asked only where nobody else knows. */
  CurrentState current(Exchange exchange) {
    SelectedRepresentation known = exchange.policy.state(exchange.target);
    return known == null
        ? bodies.read(
            exchange.request,
            exchange.response,
            exchange.target.readTarget(),
            exchange.policy.taggable())
        : CurrentState.known(known);
  }

  /** What an answer says of the state itself. */
  static SelectedRepresentation ofAnswer(HttpServletResponse response, BufferedResponse answer) {
    return Validators.of(response, answer::digest).representation();
  }
}
