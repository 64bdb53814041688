package io.github.conflictguard.servlet.detection;

import org.jspecify.annotations.Nullable;

/** The conflicts detected while the application handles one pass of a request. Not thread-safe. */
public final class Detection {

  private @Nullable ConflictTraces traces;
  private @Nullable DetectedConflict found;

  /** Starts with the traces of the pass that begins. */
  void begin(ConflictTraces ofPass) {
    this.traces = ofPass;
  }

  /** Replaces the detected conflict; null when there is none after all. */
  public void found(@Nullable DetectedConflict conflict) {
    this.found = conflict;
  }

  /** Returns the traces of the pass; null where none are recorded. */
  public @Nullable ConflictTraces traces() {
    return traces;
  }

  /** Returns the conflict that the application did not report itself; null for none. */
  public @Nullable DetectedConflict found() {
    return found;
  }
}
