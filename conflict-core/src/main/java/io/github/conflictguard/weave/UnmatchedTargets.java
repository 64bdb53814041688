package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.TargetPattern;
import java.util.ArrayList;
import java.util.List;

/** The targets that have not matched a method so far, most likely because of a typing error. */
public final class UnmatchedTargets {

  private final List<TargetPattern> targets;

  public UnmatchedTargets(List<TargetPattern> targets) {
    this.targets = new ArrayList<>(targets);
  }

  public void see(ClassOutline type) {
    targets.removeIf(
        target -> type.methods().stream().anyMatch(method -> target.matches(type, method)));
  }

  public List<TargetPattern> get() {
    return targets;
  }
}
