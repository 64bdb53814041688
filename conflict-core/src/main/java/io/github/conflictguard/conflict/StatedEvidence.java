package io.github.conflictguard.conflict;

import java.util.List;

/** What exceptions state themselves: the outermost that does so decides. */
final class StatedEvidence implements Evidence {

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    for (Throwable throwable : throwables) {
      if (throwable instanceof ClassifiedConflict) {
        ConflictKind kind = Guarded.read(((ClassifiedConflict) throwable)::kind);
        if (kind != null) {
          return Verdict.conflict(kind);
        }
      }
    }
    return Verdict.UNDECIDED;
  }
}
