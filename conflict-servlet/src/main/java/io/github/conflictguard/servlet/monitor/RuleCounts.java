package io.github.conflictguard.servlet.monitor;

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
  private final long undecidedWrites;

  RuleCounts(String rule, String mode, RuleCounters tally) {
    this(
        rule,
        mode,
        tally.requests.sum(),
        tally.unguarded.sum(),
        tally.failed.sum(),
        tally.required.sum(),
        tally.locked.sum(),
        tally.lostUpdates.sum(),
        tally.replayed.sum(),
        tally.undecided.sum());
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
    "replayedWrites",
    "undecidedWrites"
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
      long replayedWrites,
      long undecidedWrites) {
    this.rule = rule;
    this.mode = mode;
    this.requests = requests;
    this.unguardedWrites = unguardedWrites;
    this.failedPreconditions = failedPreconditions;
    this.missingPreconditions = missingPreconditions;
    this.lockedWrites = lockedWrites;
    this.lostUpdates = lostUpdates;
    this.replayedWrites = replayedWrites;
    this.undecidedWrites = undecidedWrites;
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
   * Writes that have stored something over a change that their client had not seen. Counted in mode
   * observe, whether they would have been refused (412, 428) or not.
   */
  public long getLostUpdates() {
    return lostUpdates;
  }

  /**
   * Writes that were repeated and got the answer of their first time, or in mode observe would have
   * got it.
   */
  public long getReplayedWrites() {
    return replayedWrites;
  }

  /**
   * Writes in mode observe of which it cannot be told whether they would have been refused or have
   * overwritten a change: several clients share an address, two pages look the same, or the client
   * was not seen reading what another one has written.
   */
  public long getUndecidedWrites() {
    return undecidedWrites;
  }
}
