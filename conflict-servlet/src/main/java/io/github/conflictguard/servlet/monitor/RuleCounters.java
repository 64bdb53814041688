package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.servlet.rule.Mode;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one rule. Safe for use by several threads. */
public final class RuleCounters {

  public final LongAdder requests = new LongAdder();
  public final LongAdder unguarded = new LongAdder();
  public final LongAdder failed = new LongAdder();
  public final LongAdder required = new LongAdder();
  public final LongAdder locked = new LongAdder();
  public final LongAdder lostUpdates = new LongAdder();
  public final LongAdder replayed = new LongAdder();
  public final LongAdder undecided = new LongAdder();
  private final String rule;
  private final Mode mode;

  public RuleCounters(String rule, Mode mode) {
    this.rule = rule;
    this.mode = mode;
  }

  public RuleCounts counts() {
    return new RuleCounts(rule, mode.code(), this);
  }
}
