package io.github.conflictguard.servlet;

import java.beans.ConstructorProperties;

/**
 * What was counted where one rule applies, since the application started, at one moment. Immutable.
 */
public final class RuleCounts {

  private final String rule;
  private final String mode;
  private final long requests;
  private final long unguardedWrites;
  private final long failedPreconditions;
  private final long missingPreconditions;
  private final long lockedWrites;
  private final long lostUpdates;
  private final long replayedWrites;

  RuleCounts(String rule, String mode, Tally tally) {
    this(
        rule,
        mode,
        tally.requests.sum(),
        tally.unguarded.sum(),
        tally.failed.sum(),
        tally.required.sum(),
        tally.locked.sum(),
        tally.lostUpdates.sum(),
        tally.replayed.sum());
  }

  /** For JMX clients. */
  @ConstructorProperties({
    "rule",
    "mode",
    "requests",
    "unguardedWrites",
    "failedPreconditions",
    "missingPreconditions",
    "lockedWrites",
    "lostUpdates",
    "replayedWrites"
  })
  public RuleCounts(
      String rule,
      String mode,
      long requests,
      long unguardedWrites,
      long failedPreconditions,
      long missingPreconditions,
      long lockedWrites,
      long lostUpdates,
      long replayedWrites) {
    this.rule = rule;
    this.mode = mode;
    this.requests = requests;
    this.unguardedWrites = unguardedWrites;
    this.failedPreconditions = failedPreconditions;
    this.missingPreconditions = missingPreconditions;
    this.lockedWrites = lockedWrites;
    this.lostUpdates = lostUpdates;
    this.replayedWrites = replayedWrites;
  }

  /** The name of the rule; {@code -} for requests that no rule speaks of. */
  public String getRule() {
    return rule;
  }

  /** {@code observe} or {@code protect}. */
  public String getMode() {
    return mode;
  }

  /** Requests that fitted the rule, of every method. */
  public long getRequests() {
    return requests;
  }

  /** Writes that carried no precondition, whether one is demanded or not. */
  public long getUnguardedWrites() {
    return unguardedWrites;
  }

  /** Requests that were answered with 412, or in mode observe would have been. */
  public long getFailedPreconditions() {
    return failedPreconditions;
  }

  /** Writes that were answered with 428, or in mode observe would have been. */
  public long getMissingPreconditions() {
    return missingPreconditions;
  }

  /** Writes that waited for the lock for too long. */
  public long getLockedWrites() {
    return lockedWrites;
  }

  /**
   * Writes without a precondition whose client had last read a state that was no longer the current
   * one. Counted in mode observe.
   */
  public long getLostUpdates() {
    return lostUpdates;
  }

  /** Writes that were repeated and got the answer of their first time. */
  public long getReplayedWrites() {
    return replayedWrites;
  }
}
