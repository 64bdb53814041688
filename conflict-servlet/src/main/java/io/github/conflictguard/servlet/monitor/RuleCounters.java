package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.servlet.rule.Mode;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one rule. Safe for use by several threads. */
public final class RuleCounters {

  /** The requests that matched the rule. */
  public final LongAdder requests = new LongAdder();

  /** The writes without a precondition. */
  public final LongAdder unguarded = new LongAdder();

  /**
   * The requests whose precondition failed, with the response 412 or, in mode {@code observe},
   * without it.
   */
  public final LongAdder failed = new LongAdder();

  /**
   * The writes that lacked a required precondition, with the response 428 or, in mode {@code
   * observe}, without it.
   */
  public final LongAdder required = new LongAdder();

  /** The writes that timed out while waiting for the lock. */
  public final LongAdder locked = new LongAdder();

  /** The writes in mode {@code observe} that overwrote a change unknown to their client. */
  public final LongAdder lostUpdates = new LongAdder();

  /** The repeated writes that got the response to the first attempt. */
  public final LongAdder replayed = new LongAdder();

  /** The writes in mode {@code observe} whose effect cannot be determined. */
  public final LongAdder undecided = new LongAdder();

  private final String rule;
  private volatile Mode mode;

  public RuleCounters(String rule, Mode mode) {
    this.rule = rule;
    this.mode = mode;
  }

  /** Returns the name of the rule; {@code -} for requests to which no rule applies. */
  public String rule() {
    return rule;
  }

  /** Returns the mode of the rule. */
  public Mode mode() {
    return mode;
  }

  /** Sets the mode that the counts show. */
  public void setMode(Mode current) {
    this.mode = current;
  }

  /** Returns the current counts. */
  public RuleCounts counts() {
    return new RuleCounts(rule, mode.code(), this);
  }
}
