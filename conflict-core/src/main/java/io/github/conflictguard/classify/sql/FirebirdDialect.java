package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.conflict.ConflictKind;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Firebird through Jaybird: "Exception Codes and Messages" of its language reference. The vendor
 * code is the GDS code.
 */
public final class FirebirdDialect implements SqlDialect {

  /** Names come first, then {@code Problematic key value is ("EMAIL" = 'a@x')}. */
  private static final Pattern NAME =
      Pattern.compile(
          "^(?:violation of (?:PRIMARY or UNIQUE|FOREIGN) KEY constraint"
              + "|attempt to store duplicate value \\(visible to active transactions\\) in unique index)"
              + " \"([^\"]+)\"");

  private static final Pattern DIRECTION =
      Pattern.compile(
          "^violation of FOREIGN KEY constraint \"[^\"]*\" on table \"[^\"]*\"\\W+"
              + "(Foreign key references are|Foreign key reference target)");

  @Override
  public List<String> packages() {
    return Collections.singletonList("org.firebirdsql.");
  }

  /** Returns whether the code is one of Firebird's: no other product has codes in this range. */
  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    return verdict(failure).isDecided();
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case 335544665: // constraint
      case 335544349: // index
        return conflict(DUPLICATE_KEY);
      case 335544466:
        return conflict(direction(failure));
      case 335544345: // NO WAIT
      case 335544510: // lock timeout
      case 335544475: // table
      case 335544476: // record
        return conflict(LOCKED);
      case 335544336: // deadlock
      case 335544451: // update conflict
      case 335545096: // read conflict
        return conflict(TRANSIENT);
      case 335544432: // lock manager; the next two have the state of a deadlock
      case 335544862: // stream without locks
      case 335544347: // NOT NULL
      case 335544558: // CHECK
        return Verdict.NO_CONFLICT;
      default:
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    return failure.find(NAME);
  }

  private static ConflictKind direction(SqlFailure failure) {
    switch (nextCode(failure.exception())) {
      case 335544838:
        return MISSING_REFERENCE;
      case 335544839:
        return STILL_REFERENCED;
      default:
        // Jaybird puts all of it into one message, or chains it.
    }
    String detail = failure.find(DIRECTION);
    if (detail == null) {
      return BROKEN_REFERENCE;
    }
    return detail.endsWith("are") ? STILL_REFERENCED : MISSING_REFERENCE;
  }

  private static int nextCode(Throwable exception) {
    SQLException next =
        exception instanceof SQLException
            ? SafeReader.read(((SQLException) exception)::getNextException)
            : null;
    SqlFailure failure = next == null ? null : SqlFailure.of(next);
    return failure == null ? 0 : failure.code();
  }
}
