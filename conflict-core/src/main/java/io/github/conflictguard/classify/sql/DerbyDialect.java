package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Derby: "Derby error messages and SQL states" of its reference manual. The vendor code is a
 * severity: 20000 for the statement, 30000 for the transaction.
 */
public final class DerbyDialect implements SqlDialect {

  /**
   * {@code ... identified by 'UQ_EMAIL' defined on 'CUSTOMER'.}; this message contains no value.
   */
  private static final Pattern UNIQUE =
      Pattern.compile("^[^']*identified by '([^']+)' defined on '");

  /**
   * {@code INSERT on table 'ORDERS' caused a violation of foreign key constraint 'FK' for key (}.
   */
  private static final Pattern FOREIGN_KEY =
      Pattern.compile("^[^']*'[^'(]*' caused a violation of foreign key constraint '([^']+)' ");

  /** {@code Foreign key constraint 'FK' defined on "APP"."ORDERS" referencing ..., key ''.} */
  private static final Pattern DEFERRED_FOREIGN_KEY =
      Pattern.compile("^[^']*Foreign key (?:constraint )?'([^']+)' defined on \"");

  @Override
  public List<String> packages() {
    return Collections.singletonList("org.apache.derby.");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    String state = failure.state();
    return (failure.code() == 20000 || failure.code() == 30000)
        && state != null
        && (state.startsWith("23") || state.startsWith("40"));
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    String state = failure.state();
    switch (state == null ? "" : state) {
      case "23505":
      case "23506": // the next two: deferred
      case "23507":
        return conflict(DUPLICATE_KEY);
      case "23503":
        return conflict(direction(failure));
      case "23516": // deferred
      case "23517":
        return conflict(BROKEN_REFERENCE);
      case "40XL1":
      case "40XL2": // with a dump of all locks
        return conflict(LOCKED);
      case "40001":
        return conflict(TRANSIENT);
      case "23502": // NOT NULL
      case "23513": // CHECK
      case "23514": // CHECK, deferred
      case "23515":
      case "22001": // too long
      case "X0Y32": // existing table
        return Verdict.NO_CONFLICT;
      default:
        // The rest of class 40 too: internal errors.
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String structured = SafeReader.text(failure.exception(), "getConstraintName"); // since 10.11
    if (structured == null) {
      structured = failure.find(UNIQUE);
    }
    if (structured == null) {
      structured = failure.find(FOREIGN_KEY);
    }
    return structured == null
        ? failure.find(DEFERRED_FOREIGN_KEY)
        : ConstraintName.unqualified(structured);
  }

  /**
   * Returns the broken side of a reference. Both sides have one state. An update may be that of the
   * child or of the parent.
   */
  private static ConflictKind direction(SqlFailure failure) {
    String message = failure.message();
    if (message.startsWith("INSERT ")) {
      return MISSING_REFERENCE;
    }
    return message.startsWith("DELETE ") ? STILL_REFERENCED : BROKEN_REFERENCE;
  }
}
