package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.rule.Mode;
import java.util.concurrent.atomic.LongAdder;

/** What happened where a rule applies. Safe for use by several threads. */
final class Tally {

  final LongAdder requests = new LongAdder();
  final LongAdder unguarded = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder required = new LongAdder();
  final LongAdder locked = new LongAdder();
  final LongAdder lostUpdates = new LongAdder();
  final LongAdder replayed = new LongAdder();
  final LongAdder undecided = new LongAdder();
  private final String rule;
  private final Mode mode;

  Tally(String rule, Mode mode) {
    this.rule = rule;
    this.mode = mode;
  }

  RuleCounts counts() {
    return new RuleCounts(rule, mode.code(), this);
  }
}
