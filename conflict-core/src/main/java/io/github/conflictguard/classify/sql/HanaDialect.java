package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SAP HANA: "SQL Error Codes" of its SQL reference. */
public final class HanaDialect implements SqlDialect {

  /**
   * {@code SAP DBTech JDBC: [301]: unique constraint violated: Table(CUSTOMER), Index(UQ_EMAIL)}.
   */
  private static final Pattern INDEX =
      Pattern.compile(
          "^(?:SAP DBTech JDBC: [^:]*: )?unique constraint violated: Table\\([^)]*\\), Index\\(([^)]+)\\)");

  @Override
  public List<String> packages() {
    return Collections.singletonList("com.sap.db.");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    return failure.message().startsWith("SAP DBTech JDBC: [");
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case 301:
        return conflict(DUPLICATE_KEY);
      case 462:
        return conflict(STILL_REFERENCED);
      case 461:
        return conflict(MISSING_REFERENCE);
      case 131: // lock wait timeout
      case 146: // NOWAIT
        return conflict(LOCKED);
      case 133: // deadlock
      case 138: // serialization failure
        return conflict(TRANSIENT);
      case 287: // NOT NULL
      case 677: // CHECK
      case 274: // too long
        return Verdict.NO_CONFLICT;
      default:
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    return failure.find(INDEX);
  }
}
