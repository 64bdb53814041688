package io.github.conflictguard.servlet;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.event.ConflictEvent.Found;
import org.jspecify.annotations.Nullable;

/** A conflict that was found in what the application did. Immutable. */
final class Finding {

  final Conflict conflict;
  final Found found;

  /** What reported it; null when only the application's answer did. */
  final @Nullable Throwable thrown;

  Finding(Conflict conflict, Found found, @Nullable Throwable thrown) {
    this.conflict = conflict;
    this.found = found;
    this.thrown = thrown;
  }
}
