package io.github.conflictguard.precondition;

import org.jspecify.annotations.Nullable;

/** What the preconditions of a request mean for it. Immutable. */
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

  /** The request runs. */
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

  /** What has to happen with the request. */
  public Outcome outcome() {
    return outcome;
  }

  /** The header that decided; null when none did. */
  public @Nullable String header() {
    return header;
  }

  @Override
  public String toString() {
    return header == null ? outcome.toString() : outcome + " by " + header;
  }

  /** The five ways a precondition can end. */
  public enum Outcome {
    /** The request runs. */
    PROCEED,
    /** 304: the client already has what it asks for. */
    NOT_MODIFIED,
    /** 412: a header that the client sent does not hold. */
    FAILED,
    /** 428: a precondition is demanded and the client sent none. */
    REQUIRED,
    /** 400: a header that the client sent cannot be read. */
    MALFORMED
  }
}
