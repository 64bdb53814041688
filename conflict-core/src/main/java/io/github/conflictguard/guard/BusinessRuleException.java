package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Thrown by an application when one of its rules forbids the operation, for example when a
 * customer's limit would be exceeded. {@code ConflictFilter} turns it into a 409 response.
 *
 * <p>Rule and facts are codes and values of the application that are sent to clients. They must not
 * contain data of other users.
 */
public final class BusinessRuleException extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1L;

  private final String rule;

  @SuppressWarnings("serial") // An unmodifiable LinkedHashMap, which is serializable.
  private final Map<String, String> facts;

  /**
   * Creates an exception for the violated rule, with the facts on which the decision was based.
   *
   * @param rule a stable code, for example {@code credit-limit}
   * @param facts the facts by name, in the order in which they are reported; may be empty
   */
  public BusinessRuleException(String rule, Map<String, String> facts) {
    // Names only: the message is logged, and the values may be personal data.
    super("rule " + rule + " on " + facts.keySet());
    this.rule = rule;
    this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  @Override
  public ConflictKind kind() {
    return ConflictKind.BUSINESS_RULE;
  }

  /** Returns the code of the rule. */
  public String rule() {
    return rule;
  }

  /** Returns the facts on which the decision was based, as an unmodifiable map. */
  public Map<String, String> facts() {
    return facts;
  }
}
