package io.github.conflictguard.classfile;

import io.github.conflictguard.guard.GuardPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes of policies by the names of methods: {@code com.example.Orders#save attempts=5}, in the
 * syntax of a {@link TargetPattern}. Its options replace those of the annotation; options that are
 * not set are kept. {@code enabled=false} disables a guard. Locks refer to parameters by index. The
 * first matching entry is used. Immutable.
 */
public final class PolicyOverrides implements UnaryOperator<GuardPolicy> {

  private final List<TargetPattern> patterns;

  private PolicyOverrides(List<TargetPattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Parses changes.
   *
   * @throws IllegalArgumentException if one is invalid; the message contains the reason
   */
  public static PolicyOverrides parse(List<String> texts) {
    List<TargetPattern> patterns = new ArrayList<>();
    for (String text : texts) {
      TargetPattern pattern = TargetPattern.parse(text);
      pattern.changed(GuardPolicy.plain()); // Rejects invalid values.
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
