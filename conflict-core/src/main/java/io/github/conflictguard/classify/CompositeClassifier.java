package io.github.conflictguard.classify;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls one classifier after the other. */
final class CompositeClassifier implements ConflictClassifier {

  private final List<ConflictClassifier> classifiers;

  CompositeClassifier(List<ConflictClassifier> classifiers) {
    this.classifiers = classifiers;
  }

  @Override
  public @Nullable ConflictKind classify(Throwable thrown) {
    Conflict conflict = conflictIn(thrown);
    return conflict == null ? null : conflict.kind();
  }

  @Override
  public @Nullable Conflict conflictIn(Throwable thrown) {
    for (ConflictClassifier classifier : classifiers) {
      if (classifier.excludes(thrown)) {
        return null;
      }
      Conflict conflict = classifier.conflictIn(thrown);
      if (conflict != null) {
        return conflict;
      }
    }
    return null;
  }

  @Override
  public boolean excludes(Throwable thrown) {
    for (ConflictClassifier classifier : classifiers) {
      if (classifier.excludes(thrown)) {
        return true;
      }
      if (classifier.conflictIn(thrown) != null) {
        return false;
      }
    }
    return false;
  }
}
