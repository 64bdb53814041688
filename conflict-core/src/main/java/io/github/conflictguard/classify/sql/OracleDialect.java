package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STALE_VERSION;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Oracle: "Oracle Database Error Messages". Only the code is conclusive: ojdbc puts lock conflicts
 * into states 61000, 72000, 99999 and 42000, and NOT NULL violations into that of duplicates.
 */
public final class OracleDialect implements SqlDialect {

  /** {@code ORA-00001: unique constraint (SCHEMA.NAME) violated}, in any language. */
  private static final Pattern NAME =
      Pattern.compile("^(?:ORA-02091: [^\n]*\n)?ORA-\\d{5}: [^(\n]*\\(([^)\n]+)\\)");

  /** A constraint checked at the commit: the reason is the second line. */
  private static final Pattern SECOND_LINE = Pattern.compile("^ORA-02091: [^\n]*\nORA-(\\d{5}): ");

  @Override
  public List<String> packages() {
    return Arrays.asList(
        "oracle.jdbc.",
        "oracle.r2dbc.",
        "io.vertx.oracleclient.",
        "com.ddtek.jdbc.oracle",
        "weblogic.jdbc.oracle");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    switch (failure.code()) {
      case 1:
      case 2290:
      case 2291:
      case 2292:
      case 1400:
        return failure.hasState("23000");
      case 54:
      case 60:
        return failure.hasState("61000");
      default:
        return failure.code() > 0 && failure.message().startsWith("ORA-");
    }
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    if (failure.code() != 2091) {
      return verdict(failure.code());
    }
    String code = failure.find(SECOND_LINE);
    return code == null ? Verdict.UNDECIDED : verdict(Integer.parseInt(code));
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    return ConstraintName.unqualified(failure.find(NAME));
  }

  private static Verdict verdict(int code) {
    switch (code) {
      case 1:
        return conflict(DUPLICATE_KEY);
      case 2292:
        return conflict(STILL_REFERENCED);
      case 2291:
        return conflict(MISSING_REFERENCE);
      case 54: // NOWAIT
      case 30006: // WAIT n
      case 2049: // distributed transaction
      case 4021: // object of the dictionary
        return conflict(LOCKED);
      case 42699: // JSON duality view: entity tag of another state
        return conflict(STALE_VERSION);
      case 60: // deadlock
      case 4020: // deadlock in the dictionary
      case 8177: // serialization failure
        return conflict(TRANSIENT);
      case 1400: // NOT NULL
      case 1407: // NOT NULL, in an update
      case 2290: // CHECK
      case 12899: // too long
      case 1013: // cancelled
        return Verdict.NO_CONFLICT;
      default:
        // The codes of RAISE_APPLICATION_ERROR.
        return code >= 20000 && code <= 20999 ? Verdict.NO_CONFLICT : Verdict.UNDECIDED;
    }
  }
}
