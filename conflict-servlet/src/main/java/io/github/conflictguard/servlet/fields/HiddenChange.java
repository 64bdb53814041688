package io.github.conflictguard.servlet.fields;

import java.util.Set;

/**
 * The difference between two pages with the same visible content, in hidden fields alone.
 * Immutable.
 */
public final class HiddenChange {

  /** The fields of both pages with different values, by the numbers of their names. */
  public final Set<Long> changed;

  /** The fields of only one of the pages. */
  final Set<Long> oneSided;

  /** Whether fields were replaced by the same number of fields with other names. */
  public final boolean renamed;

  HiddenChange(Set<Long> changed, Set<Long> oneSided, boolean renamed) {
    this.changed = changed;
    this.oneSided = oneSided;
    this.renamed = renamed;
  }
}
