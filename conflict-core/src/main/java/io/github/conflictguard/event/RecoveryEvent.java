package io.github.conflictguard.event;

/** A call of the recover method of a guarded method, in place of a conflict. Immutable. */
public final class RecoveryEvent {

  private final String handler;
  private final String cause;
  private final Outcome outcome;

  /**
   * Creates an event.
   *
   * @param cause the kind of the conflict, or the class of an exception that is not a conflict
   */
  public RecoveryEvent(String handler, String cause, Outcome outcome) {
    this.handler = handler;
    this.cause = cause;
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

  /** Returns the outcome. */
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public String toString() {
    return handler + ": " + cause + ", " + outcome;
  }

  /** The outcome of a recovery. */
  public enum Outcome {
    /** The recover method has returned; if it returned a stage, that was completed normally. */
    RECOVERED,

    /** The recover method, or the stage that it returned, has failed. */
    FAILED
  }
}
