package io.github.conflictguard.servlet.buffer;

/** What happens to the output of the application. */
enum BufferPhase {
  /** There is none yet: the first part decides. */
  UNDECIDED,

  /** It is buffered. */
  HOLDING,

  /** It goes to the container. */
  PASSING,

  /** It is dropped, because the filter sends another response. */
  REPLACED
}
