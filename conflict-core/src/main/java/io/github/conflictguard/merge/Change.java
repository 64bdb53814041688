package io.github.conflictguard.merge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which sides have changed a field since the page with the form was loaded. */
public enum Change {
  /** The sent value equals the current one. */
  SAME,
  /** Only the sender has changed it. */
  ONLY_YOURS,
  /** Only another user has changed it. */
  ONLY_THEIRS,
  /**
   * Both have changed it, in different ways; or the values differ and the original is not known.
   */
  BOTH,
  /** There is no value to compare with the sent one. */
  UNKNOWN;

  /**
   * Compares the versions of a field.
   *
   * @param started the values when the page was loaded; null when they are not known
   * @param current the current values; null when they are not known
   * @param yours the values that were sent
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
