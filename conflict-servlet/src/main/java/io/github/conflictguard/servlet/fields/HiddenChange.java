package io.github.conflictguard.servlet.fields;

import java.util.Set;

/** How two pages differ that show the same to people: in hidden fields alone. Immutable. */
public final class HiddenChange {

  /** The fields that both pages have, with different values, by the numbers of their names. */
  public final Set<Long> changed;

  /** The fields that only one of the pages has. */
  final Set<Long> oneSided;

  /** Whether fields of other names have taken the place of as many. */
  public final boolean renamed;

  HiddenChange(Set<Long> changed, Set<Long> oneSided, boolean renamed) {
    this.changed = changed;
    this.oneSided = oneSided;
    this.renamed = renamed;
  }
}
