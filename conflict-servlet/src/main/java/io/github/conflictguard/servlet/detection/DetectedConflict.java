package io.github.conflictguard.servlet.detection;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.event.ConflictEvent.Found;
import org.jspecify.annotations.Nullable;

/** A conflict that was detected in the behavior of the application. Immutable. */
public final class DetectedConflict {

  /** The type of the conflict. */
  public final Conflict conflict;

  /** How the conflict was detected. */
  public final Found found;

  /** The exception that reported it; null when only the application's response did. */
  public final @Nullable Throwable thrown;

  DetectedConflict(Conflict conflict, Found found, @Nullable Throwable thrown) {
    this.conflict = conflict;
    this.found = found;
    this.thrown = thrown;
  }
}
