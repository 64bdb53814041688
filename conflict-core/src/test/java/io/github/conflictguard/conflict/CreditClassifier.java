package io.github.conflictguard.conflict;

import io.github.conflictguard.classify.ConflictClassifiers;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The classifier of the documentation. */
// tag::classifier[]
public final class CreditClassifier implements ConflictClassifier {

  private final ConflictClassifier rules =
      ConflictClassifiers.firstOf(
          ConflictClassifiers.noConflict("com.example.ArchiveException"),
          ConflictClassifiers.rule(
              "java.sql.SQLException", Pattern.compile("^ORA-20017: "), ConflictKind.BUSINESS_RULE),
          ConflictClassifiers.rule(
              "java.lang.UnsupportedOperationException", ConflictKind.WRONG_STATE));

  @Override
  public @Nullable ConflictKind classify(Throwable thrown) {
    return rules.classify(thrown);
  }

  @Override
  public boolean excludes(Throwable thrown) {
    return rules.excludes(thrown);
  }
}
// end::classifier[]
