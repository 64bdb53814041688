package io.github.conflictguard.merge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has changed a field since the page with the form was loaded. */
public enum Change {
  /** The sender wants what there is. */
  SAME,
  /** The sender has changed it, nobody else has. */
  ONLY_YOURS,
  /** Somebody else has changed it, the sender has not. */
  ONLY_THEIRS,
  /**
   * Both have changed it, each in his own way; or they differ, and nobody knows any more what it
   * was before.
   */
  BOTH,
  /** Nothing is known that the sender's value could be compared with. */
  UNKNOWN;

  /**
   * Compares.
   *
   * @param started what the page held; null when that is not known
   * @param current what there is now; null when that is not known
   * @param yours what was sent
   */
  static Change of(
      @Nullable List<String> started, @Nullable List<String> current, List<String> yours) {
    if (current == null) {
      return started == null ? UNKNOWN : LineMerge.equal(started, yours) ? SAME : ONLY_YOURS;
    }
    if (LineMerge.equal(current, yours)) {
      return SAME;
    }
    if (started == null) {
      return BOTH;
    }
    return LineMerge.equal(started, yours)
        ? ONLY_THEIRS
        : LineMerge.equal(started, current) ? ONLY_YOURS : BOTH;
  }
}
