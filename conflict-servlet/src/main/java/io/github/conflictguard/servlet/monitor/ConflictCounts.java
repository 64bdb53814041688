package io.github.conflictguard.servlet.monitor;

import java.beans.ConstructorProperties;

/** The number of conflicts of one kind in one place, since the application started. Immutable. */
public final class ConflictCounts {

  private final String kind;
  private final String rule;
  private final String handler;
  private final long answered;
  private final long observed;

  /** Creates the counts, also for JMX clients. */
  @ConstructorProperties({"kind", "rule", "handler", "answered", "observed"})
  public ConflictCounts(String kind, String rule, String handler, long answered, long observed) {
    this.kind = kind;
    this.rule = rule;
    this.handler = handler;
    this.answered = answered;
    this.observed = observed;
  }

  /** Returns the kind, as in responses: {@code duplicate-key} and the like. */
  public String getKind() {
    return kind;
  }

  /** Returns the name of the rule; {@code -} for requests to which no rule applies. */
  public String getRule() {
    return rule;
  }

  /**
   * Returns the guarded method that threw the conflict; {@code -} when there is none, and {@code *}
   * for all that are not counted separately, because there are too many of them.
   */
  public String getHandler() {
    return handler;
  }

  /** Returns how many conflicts resulted in a problem response. */
  public long getAnswered() {
    return answered;
  }

  /**
   * Returns how many conflicts were only observed: in mode observe, or because the response had
   * been sent.
   */
  public long getObserved() {
    return observed;
  }
}
