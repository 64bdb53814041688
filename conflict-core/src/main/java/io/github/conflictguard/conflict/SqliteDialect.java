package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;
import static io.github.conflictguard.conflict.Verdict.conflict;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQLite through Xerial's driver: "Result and Error Codes" of its documentation. There is no state,
 * and {@code getErrorCode} has lost the extended part; the message begins with the code's name.
 */
final class SqliteDialect implements SqlDialect {

  private static final Pattern CODE = Pattern.compile("^\\[(SQLITE_[A-Z_]+)\\]");

  /** A duplicate as old drivers (3.7) put it: their codes end at SQLITE_CONSTRAINT. */
  private static final Pattern OLD_DUPLICATE =
      Pattern.compile(
          "^\\[SQLITE_CONSTRAINT\\] [^(]*\\("
              + "((?:PRIMARY KEY must be|columns? [^()]+ (?:is|are) not) unique)\\)\\z");

  /** The columns, as there is no name: {@code customer.email}; this message holds no value. */
  private static final Pattern COLUMNS =
      Pattern.compile("^\\[SQLITE_[A-Z_]+\\] [^(]*\\(UNIQUE constraint failed: ([^()]+)\\)\\z");

  /** An index over expressions is named. */
  private static final Pattern INDEX = Pattern.compile("^index '([^']+)'$");

  @Override
  public List<String> packages() {
    return Collections.singletonList("org.sqlite.");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    return failure.message().startsWith("[SQLITE_");
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    String code = failure.find(CODE);
    switch (code == null ? "" : code) {
      case "SQLITE_CONSTRAINT_UNIQUE":
      case "SQLITE_CONSTRAINT_PRIMARYKEY":
      case "SQLITE_CONSTRAINT_ROWID":
        return conflict(DUPLICATE_KEY);
      case "SQLITE_CONSTRAINT":
        return failure.find(OLD_DUPLICATE) == null ? Verdict.UNDECIDED : conflict(DUPLICATE_KEY);
      case "SQLITE_CONSTRAINT_FOREIGNKEY":
        return conflict(BROKEN_REFERENCE);
      case "SQLITE_BUSY":
      case "SQLITE_BUSY_RECOVERY":
      case "SQLITE_BUSY_TIMEOUT":
      case "SQLITE_LOCKED":
      case "SQLITE_LOCKED_SHAREDCACHE":
        return conflict(LOCKED);
      case "SQLITE_BUSY_SNAPSHOT":
        return conflict(TRANSIENT);
      case "SQLITE_CONSTRAINT_NOTNULL":
      case "SQLITE_CONSTRAINT_CHECK":
      case "SQLITE_CONSTRAINT_TRIGGER": // RAISE
      case "SQLITE_CONSTRAINT_DATATYPE":
        return Verdict.NO_CONFLICT;
      default:
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String columns = failure.find(COLUMNS);
    String index = columns == null ? null : ConstraintName.find(INDEX, columns);
    return index == null ? columns : index;
  }
}
