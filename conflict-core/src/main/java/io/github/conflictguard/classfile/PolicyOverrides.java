package io.github.conflictguard.classfile;

import io.github.conflictguard.guard.GuardPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes of policies by the names of methods: {@code com.example.Orders#save attempts=5}, in the
 * form of a {@link TargetPattern}, whose options replace those of the annotation; those that are
 * not named stay. {@code enabled=false} switches a guard off. Locks name parameters by numbers. The
 * first that names a method counts. Immutable.
 */
public final class PolicyOverrides implements UnaryOperator<GuardPolicy> {

  private final List<TargetPattern> patterns;

  private PolicyOverrides(List<TargetPattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Reads changes.
   *
   * @throws IllegalArgumentException if one is none; the message says why
   */
  public static PolicyOverrides parse(List<String> texts) {
    List<TargetPattern> patterns = new ArrayList<>();
    for (String text : texts) {
      TargetPattern pattern = TargetPattern.parse(text);
      pattern.changed(GuardPolicy.plain()); // Tells wrong values.
      patterns.add(pattern);
    }
    return new PolicyOverrides(patterns);
  }

  @Override
  public GuardPolicy apply(GuardPolicy policy) {
    for (TargetPattern pattern : patterns) {
      if (pattern.matches(policy.handler())) {
        return pattern.changed(policy);
      }
    }
    return policy;
  }
}
