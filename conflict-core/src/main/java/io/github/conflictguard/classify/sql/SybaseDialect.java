package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sybase ASE (SAP ASE) through jConnect: "Error Messages" of its documentation. */
public final class SybaseDialect implements SqlDialect {

  /** No message with one of these names contains a value. */
  private static final Pattern NAME =
      Pattern.compile("(?:unique index|constraint name =)\\s+'([^']+)'");

  @Override
  public List<String> packages() {
    return Arrays.asList("com.sybase.", "com.ddtek.jdbc.sybase", "weblogic.jdbc.sybase");
  }

  /** Returns whether the state is one of jConnect itself. */
  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    String state = failure.state();
    return state != null && state.startsWith("JZ");
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case 2601:
      case 2615:
      case 2626:
        return conflict(DUPLICATE_KEY);
      case 547:
        return conflict(STILL_REFERENCED);
      case 546:
        return conflict(MISSING_REFERENCE);
      case 12205:
        return conflict(LOCKED);
      case 1205:
        return conflict(TRANSIENT);
      case 548: // CHECK
      case 233: // NOT NULL
      case 515: // NOT NULL
        return Verdict.NO_CONFLICT;
      default:
        // A batch (JZ0BE) too: its entries follow.
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    return failure.find(NAME);
  }
}
