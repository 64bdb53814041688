package io.github.conflictguard.event;

/** A failed attempt of a guarded method that may run again. Immutable. */
public final class RetryEvent {

  private final String handler;
  private final String cause;
  private final int attempt;
  private final Outcome outcome;

  /**
   * Creates an event.
   *
   * @param cause the kind of the conflict, or the class of an exception that is not a conflict
   * @param attempt the number of the most recent failed attempt, from 1
   */
  public RetryEvent(String handler, String cause, int attempt, Outcome outcome) {
    this.handler = handler;
    this.cause = cause;
    this.attempt = attempt;
    this.outcome = outcome;
  }

  /** Returns the guarded method. */
  public String handler() {
    return handler;
  }

  /** Returns the kind of the conflict, or the class of an exception that is not a conflict. */
  public String cause() {
    return cause;
  }

  /** Returns the number of the most recent failed attempt, from 1. */
  public int attempt() {
    return attempt;
  }

  /** Returns the outcome. */
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public String toString() {
    return handler + ": " + cause + " in attempt " + attempt + ", " + outcome;
  }

  /** The outcome of a failed attempt. */
  public enum Outcome {
    /** The body runs again. */
    REPEATED,

    /** The body has run again and returned. */
    SUCCEEDED,

    /** No attempt, or no time, is left. */
    GIVEN_UP
  }
}
