package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.classify.ConflictClassifiers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** What the standard classifier makes of a throwable. */
public final class Classified {

  private Classified() {}

  public static @Nullable ConflictKind kindOf(Throwable thrown) {
    return ConflictClassifiers.standard().classify(thrown);
  }

  static @Nullable ConflictKind kindOfWhat(Executable failing) {
    return kindOf(assertThrows(Throwable.class, failing));
  }
}
