package io.github.conflictguard.precondition;

import org.jspecify.annotations.Nullable;

/** The result of the evaluation of a request's preconditions. Immutable. */
public final class PreconditionDecision {

  private static final PreconditionDecision PROCEED =
      new PreconditionDecision(Outcome.PROCEED, null);
  private static final PreconditionDecision REQUIRED =
      new PreconditionDecision(Outcome.REQUIRED, null);

  private final Outcome outcome;
  private final @Nullable String header;

  private PreconditionDecision(Outcome outcome, @Nullable String header) {
    this.outcome = outcome;
    this.header = header;
  }

  /** Returns the decision to run the request. */
  public static PreconditionDecision proceed() {
    return PROCEED;
  }

  static PreconditionDecision notModified(String header) {
    return new PreconditionDecision(Outcome.NOT_MODIFIED, header);
  }

  static PreconditionDecision failed(String header) {
    return new PreconditionDecision(Outcome.FAILED, header);
  }

  static PreconditionDecision required() {
    return REQUIRED;
  }

  static PreconditionDecision malformed(String header) {
    return new PreconditionDecision(Outcome.MALFORMED, header);
  }

  /** Returns what has to be done with the request. */
  public Outcome outcome() {
    return outcome;
  }

  /** Returns the header that decided; null when none did. */
  public @Nullable String header() {
    return header;
  }

  @Override
  public String toString() {
    return header == null ? outcome.toString() : outcome + " by " + header;
  }

  /** The five possible results of an evaluation. */
  public enum Outcome {
    /** The request is executed. */
    PROCEED,
    /** 304: the client already has the current representation. */
    NOT_MODIFIED,
    /** 412: a precondition of the request is false. */
    FAILED,
    /** 428: a precondition is required and the client sent none. */
    REQUIRED,
    /** 400: a conditional header of the request is malformed. */
    MALFORMED
  }
}
