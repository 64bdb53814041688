package io.github.conflictguard.merge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a field in its three versions. */
final class ValueVersions {

  /** The values when the page was loaded; null when they are not known. */
  final @Nullable List<String> started;

  /** The current values; null when they are not known. */
  final @Nullable List<String> current;

  /** The values that were sent. */
  final List<String> yours;

  ValueVersions(
      @Nullable List<String> started, @Nullable List<String> current, List<String> yours) {
    this.started = started;
    this.current = current;
    this.yours = yours;
  }

  Change change() {
    return Change.of(started, current, yours);
  }
}
