package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Thrown by an application when one of its rules forbids the operation: a customer's limit would be
 * exceeded. {@code ConflictFilter} answers it with 409.
 *
 * <p>Rule and facts are codes and values of the application, meant for clients. Nothing in them may
 * be another user's.
 */
public final class BusinessRuleException extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1L;

  private final String rule;

  @SuppressWarnings("serial") // An unmodifiable LinkedHashMap, which is serializable.
  private final Map<String, String> facts;

  /**
   * Reports the rule that was broken, and what it was judged by.
   *
   * @param rule a stable code: {@code credit-limit}
   * @param facts by name, in the order in which they are to be told; may be empty
   */
  public BusinessRuleException(String rule, Map<String, String> facts) {
    // Only the names: the message goes into logs, the values may be personal.
    super("rule " + rule + " on " + facts.keySet());
    this.rule = rule;
    this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  @Override
  public ConflictKind kind() {
    return ConflictKind.BUSINESS_RULE;
  }

  /** The code of the rule. */
  public String rule() {
    return rule;
  }

  /** What the rule was judged by. Unmodifiable. */
  public Map<String, String> facts() {
    return facts;
  }
}
