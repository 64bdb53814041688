package io.github.conflictguard.servlet.monitor;

import java.beans.ConstructorProperties;

/** The counts of one rule since the application started, at one moment. Immutable. */
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

  /** Creates the counts, also for JMX clients. */
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

  /** Returns the name of the rule; {@code -} for requests to which no rule applies. */
  public String getRule() {
    return rule;
  }

  /** Returns {@code observe} or {@code protect}. */
  public String getMode() {
    return mode;
  }

  /** Returns the requests that matched the rule, of every method. */
  public long getRequests() {
    return requests;
  }

  /** Returns the writes that carried no precondition, whether one is required or not. */
  public long getUnguardedWrites() {
    return unguardedWrites;
  }

  /** Returns the requests that got the response 412, or in mode observe would have got it. */
  public long getFailedPreconditions() {
    return failedPreconditions;
  }

  /** Returns the writes that got the response 428, or in mode observe would have got it. */
  public long getMissingPreconditions() {
    return missingPreconditions;
  }

  /** Returns the writes that waited too long for the lock. */
  public long getLockedWrites() {
    return lockedWrites;
  }

  /**
   * Returns the writes that overwrote a change that their client had not seen. Counted in mode
   * observe, whether they would have been refused (412, 428) or not.
   */
  public long getLostUpdates() {
    return lostUpdates;
  }

  /**
   * Returns the writes that were repeated and got the response to the first attempt, or in mode
   * observe would have got it.
   */
  public long getReplayedWrites() {
    return replayedWrites;
  }

  /**
   * Returns the writes in mode observe for which it cannot be determined whether they would have
   * been refused or have overwritten a change: several clients share an address, two pages look the
   * same, or the client was not observed reading what another one has written.
   */
  public long getUndecidedWrites() {
    return undecidedWrites;
  }
}
