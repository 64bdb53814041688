package io.github.conflictguard.servlet;

import org.jspecify.annotations.Nullable;

/** What was detected while the application handles one pass of a request. One thread at a time. */
final class Detection {

  private @Nullable Traces traces;
  private @Nullable Finding found;

  /** Starts with the traces of the pass that begins. */
  void begin(Traces ofPass) {
    this.traces = ofPass;
  }

  /** Replaces what was detected; null when nothing was after all. */
  void found(@Nullable Finding conflict) {
    this.found = conflict;
  }

  /** Returns what the application leaves behind; null where it is not watched. */
  @Nullable Traces traces() {
    return traces;
  }

  /** Returns the conflict that the application did not report by itself; null for none. */
  @Nullable Finding found() {
    return found;
  }
}
