package io.github.conflictguard.conflict;

import io.github.conflictguard.classify.ConflictClassifiers;

/** What an application would write; found as a service by the class loaders that tests make. */
public final class ClassifierOfApplication implements ConflictClassifier {

  private final ConflictClassifier rules =
      ConflictClassifiers.rule("java.lang.UnsupportedOperationException", ConflictKind.WRONG_STATE);

  @Override
  public ConflictKind classify(Throwable thrown) {
    if (thrown.getMessage() != null && thrown.getMessage().equals("confuse the classifier")) {
      throw new IllegalStateException("confused");
    }
    return rules.classify(thrown);
  }
}
