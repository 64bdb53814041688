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

  /** Removes the targets that match a method of a class. */
  public void see(ClassOutline type) {
    targets.removeIf(
        target -> type.methods().stream().anyMatch(method -> target.matches(type, method)));
  }

  /** Returns the targets that have not matched a method so far. */
  public List<TargetPattern> get() {
    return targets;
  }
}
