package io.github.conflictguard.servlet.monitor;

import java.beans.ConstructorProperties;

/**
 * How often one kind of conflict happened in one place, since the application started. Immutable.
 */
public final class ConflictCounts {

  private final String kind;
  private final String rule;
  private final String handler;
  private final long answered;
  private final long observed;

  /** For JMX clients. */
  @ConstructorProperties({"kind", "rule", "handler", "answered", "observed"})
  public ConflictCounts(String kind, String rule, String handler, long answered, long observed) {
    this.kind = kind;
    this.rule = rule;
    this.handler = handler;
    this.answered = answered;
    this.observed = observed;
  }

  /** The kind, as answers name it: {@code duplicate-key} and the like. */
  public String getKind() {
    return kind;
  }

  /** The name of the rule; {@code -} for requests that no rule speaks of. */
  public String getRule() {
    return rule;
  }

  /**
   * The guarded method that the conflict left; {@code -} when it left none, and {@code *} for all
   * that were not counted each, because there are too many of them.
   */
  public String getHandler() {
    return handler;
  }

  /** How many were answered with a problem. */
  public long getAnswered() {
    return answered;
  }

  /** How many were only seen: in mode observe, or because the response had been sent. */
  public long getObserved() {
    return observed;
  }
}
