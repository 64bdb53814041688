package io.github.conflictguard.servlet.detection;

import org.jspecify.annotations.Nullable;

/** The conflicts detected while the application handles one pass of a request. Not thread-safe. */
public final class Detection {

  private @Nullable ConflictTraces traces;
  private @Nullable DetectedConflict found;

  /** The last exception that was classified, and its conflict; null when it reports none. */
  private @Nullable Throwable classified;

  private @Nullable DetectedConflict thrown;

  /** Starts with the traces of the pass that begins. */
  void begin(ConflictTraces ofPass) {
    this.traces = ofPass;
  }

  /** Replaces the detected conflict; null when there is none after all. */
  void found(@Nullable DetectedConflict conflict) {
    this.found = conflict;
  }

  /**
   * Classifies an exception that has left the application, once.
   *
   * @return the conflict that it reports; null when it reports none
   */
  @Nullable DetectedConflict classify(Throwable exception, ConflictSearch search) {
    if (exception != classified) {
      classified = exception;
      thrown = search.inThrown(exception);
    }
    return thrown;
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
