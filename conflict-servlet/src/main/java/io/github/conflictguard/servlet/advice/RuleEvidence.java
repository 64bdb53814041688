package io.github.conflictguard.servlet.advice;

/** What was counted for one rule. Immutable. */
public final class RuleEvidence {

  final String rule;
  final boolean observed;
  final boolean internalGet;
  final long requests;
  final long refusals;
  final long lost;

  /**
   * Creates the evidence.
   *
   * @param rule the name of the rule; {@code -} for requests to which none applies
   * @param observed whether the rule is in mode observe
   * @param internalGet whether its state is determined by an internal GET
   * @param requests the requests that matched it
   * @param refusals the writes that were refused, or would have been
   * @param lost the lost updates
   */
  public RuleEvidence(
      String rule, boolean observed, boolean internalGet, long requests, long refusals, long lost) {
    this.rule = rule;
    this.observed = observed;
    this.internalGet = internalGet;
    this.requests = requests;
    this.refusals = refusals;
    this.lost = lost;
  }
}
