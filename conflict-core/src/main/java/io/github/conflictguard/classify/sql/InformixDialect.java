package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Informix: "Error messages" ({@code finderr}) of its documentation. The SQL error reports the
 * failed operation; often only its cause, an ISAM error with a code of its own, reports the reason.
 */
public final class InformixDialect implements SqlDialect {

  /** {@code Unique constraint (owner.name) violated.}; none of these messages contains a value. */
  private static final Pattern NAME = Pattern.compile("constraint \\(([^)]+)\\)");

  private static final Pattern INDEX = Pattern.compile("\\(Unique Index:\\s*([^)]+)\\)");

  @Override
  public List<String> packages() {
    return Arrays.asList("com.informix.", "com.ddtek.jdbc.informix", "weblogic.jdbc.informix");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    switch (failure.code()) {
      case -239:
      case -268:
      case -691:
      case -692:
        return failure.hasState("23000");
      default:
        return failure.hasState("IX000");
    }
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case -239:
      case -268:
      case -100: // ISAM
        return conflict(DUPLICATE_KEY);
      case -692:
        return conflict(STILL_REFERENCED);
      case -691:
        return conflict(MISSING_REFERENCE);
      case -233: // row of another user
      case -107: // ISAM: row
      case -113: // ISAM: file
      case -144: // ISAM: key
      case -154: // ISAM: timeout
        return conflict(LOCKED);
      case -143: // ISAM: deadlock
        return conflict(TRANSIENT);
      case -391: // NOT NULL
      case -703: // NOT NULL in a primary key
      case -530: // CHECK; a foreign key of Db2
        return Verdict.NO_CONFLICT;
      default:
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String name = failure.find(NAME);
    return ConstraintName.unqualified(name == null ? failure.find(INDEX) : name);
  }
}
