package io.github.conflictguard.event;

/** One attempt of a guarded method that runs again after a failure. Immutable. */
public final class RetryEvent {

  private final String handler;
  private final String cause;
  private final int attempt;
  private final Outcome outcome;

  /**
   * Makes an event.
   *
   * @param cause the kind of the conflict, or the class of the exception that is none
   * @param attempt the number of the attempt that has failed last, from 1
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

  /** Returns the kind of the conflict, or the class of the exception that is none. */
  public String cause() {
    return cause;
  }

  /** Returns the number of the attempt that has failed last, from 1. */
  public int attempt() {
    return attempt;
  }

  /** Returns what followed. */
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public String toString() {
    return handler + ": " + cause + " in attempt " + attempt + ", " + outcome;
  }

  /** What follows a failed attempt. */
  public enum Outcome {
    /** The body runs again. */
    REPEATED,

    /** The body has run again, and returned. */
    SUCCEEDED,

    /** There is no attempt left, or no time. */
    GIVEN_UP
  }
}
