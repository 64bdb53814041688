package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQLite through Xerial's driver: "Result and Error Codes" of its documentation. There is no state,
 * and {@code getErrorCode} lacks the extended part; the message begins with the code's name.
 */
public final class SqliteDialect implements SqlDialect {

  private static final Pattern CODE = Pattern.compile("^\\[(SQLITE_[A-Z_]+)\\]");

  /**
   * The native library's text, which drivers before 3.16 append to the code SQLITE_CONSTRAINT, and
   * which stands without a code in their batches. It contains no value.
   */
  private static final Pattern OLD_TEXT =
      Pattern.compile("^(?:\\[SQLITE_CONSTRAINT\\] [^(]*\\()?([^()\\[]+)\\)?\\z");

  private static final Pattern OLD_DUPLICATE =
      Pattern.compile(
          "^(UNIQUE constraint failed: |PRIMARY KEY must be unique\\z"
              + "|columns? [^()]+ (?:is|are) not unique\\z)");

  /**
   * The columns, as constraints have no name: {@code customer.email}; this message contains no
   * value.
   */
  private static final Pattern COLUMNS =
      Pattern.compile(
          "^(?:\\[SQLITE_[A-Z_]+\\] [^(]*\\()?UNIQUE constraint failed: ([^()]+)\\)?\\z");

  /** An index over expressions has a name. */
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
      case "":
      case "SQLITE_CONSTRAINT":
        return verdictOfOldText(failure.find(OLD_TEXT));
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

  private static Verdict verdictOfOldText(@Nullable String text) {
    if (text == null) {
      return Verdict.UNDECIDED;
    }
    switch (text) {
      case "foreign key constraint failed": // 3.7
      case "FOREIGN KEY constraint failed":
        return conflict(BROKEN_REFERENCE);
      case "database is locked":
      case "database table is locked":
        return conflict(LOCKED);
      default:
        return ConstraintName.find(OLD_DUPLICATE, text) == null
            ? Verdict.UNDECIDED
            : conflict(DUPLICATE_KEY);
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String columns = failure.find(COLUMNS);
    String index = columns == null ? null : ConstraintName.find(INDEX, columns);
    return index == null ? columns : index;
  }
}
