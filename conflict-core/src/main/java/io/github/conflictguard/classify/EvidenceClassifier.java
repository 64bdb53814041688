package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Evidence;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates several kinds of evidence, the strongest first; the first that decides is final. */
final class EvidenceClassifier implements ConflictClassifier {

  private final List<Evidence> strongestFirst;

  EvidenceClassifier(List<Evidence> strongestFirst) {
    this.strongestFirst = strongestFirst;
  }

  @Override
  public @Nullable ConflictKind classify(Throwable thrown) {
    Conflict conflict = conflictIn(thrown);
    return conflict == null ? null : conflict.kind();
  }

  @Override
  public @Nullable Conflict conflictIn(Throwable thrown) {
    if (thrown instanceof Error) {
      // An Error may be needed to end the thread or the test; its causes do not change that.
      return null;
    }
    List<Throwable> throwables = CauseGraph.from(thrown);
    for (Evidence evidence : strongestFirst) {
      Verdict verdict = evidence.weigh(throwables);
      if (verdict.isDecided()) {
        return verdict.conflict();
      }
    }
    return null;
  }
}
