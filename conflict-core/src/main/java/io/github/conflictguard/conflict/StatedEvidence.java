package io.github.conflictguard.conflict;

import java.util.List;

/** What exceptions state themselves: the outermost that does so decides. */
final class StatedEvidence implements Evidence {

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    for (Throwable throwable : throwables) {
      if (throwable instanceof ClassifiedConflict) {
        ClassifiedConflict stated = (ClassifiedConflict) throwable;
        ConflictKind kind = Guarded.read(stated::kind);
        if (kind != null) {
          return Verdict.conflict(kind, Guarded.read(stated::constraint));
        }
      }
    }
    return Verdict.UNDECIDED;
  }
}
