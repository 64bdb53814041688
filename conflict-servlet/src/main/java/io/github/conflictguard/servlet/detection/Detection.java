package io.github.conflictguard.servlet.detection;

import org.jspecify.annotations.Nullable;

/** What was detected while the application handles one pass of a request. One thread at a time. */
public final class Detection {

  private @Nullable ConflictTraces traces;
  private @Nullable DetectedConflict found;

  /** Starts with the traces of the pass that begins. */
  void begin(ConflictTraces ofPass) {
    this.traces = ofPass;
  }

  /** Replaces what was detected; null when nothing was after all. */
  public void found(@Nullable DetectedConflict conflict) {
    this.found = conflict;
  }

  /** Returns what the application leaves behind; null where it is not watched. */
  public @Nullable ConflictTraces traces() {
    return traces;
  }

  /** Returns the conflict that the application did not report by itself; null for none. */
  public @Nullable DetectedConflict found() {
    return found;
  }
}
