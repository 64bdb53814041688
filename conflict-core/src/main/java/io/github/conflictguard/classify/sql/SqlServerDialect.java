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

/**
 * SQL Server: "Database Engine errors" of its documentation. The state is of no use: with {@code
 * xopenStates=true} mssql-jdbc reports every error of the server as 42000.
 */
public final class SqlServerDialect implements SqlDialect {

  /**
   * There is one code for both directions and for CHECK. These words are not translated, others
   * are.
   */
  private static final Pattern KIND_OF_547 =
      Pattern.compile("^[^\"'\u00ab\u201e]*\\b(REFERENCE|FOREIGN KEY|CHECK)\\b");

  private static final Pattern NAME_OF_547 =
      Pattern.compile(
          "^[^\"'\u00ab\u201e]*\\b(?:REFERENCE|FOREIGN KEY(?: SAME TABLE)?)\\b"
              + "[^\"'\u00ab\u201e]*[\"'\u00ab\u201e]\\s?([^\"'\u00bb\u201c]+)");

  /** {@code Violation of UNIQUE KEY constraint 'UQ'. ... The duplicate key value is (...)}. */
  private static final Pattern CONSTRAINT = Pattern.compile("^[^'(]*constraint '([^']+)'");

  /** {@code ... row in object 'dbo.t' with unique index 'UQ'. The duplicate key value is (...)}. */
  private static final Pattern INDEX =
      Pattern.compile("^[^'(]*'[^'(]*' with unique index '([^']+)'");

  private static final SqlDialect SYBASE = new SybaseDialect();

  @Override
  public List<String> packages() {
    return Arrays.asList(
        "com.microsoft.sqlserver.",
        "net.sourceforge.jtds.",
        "com.microsoft.jdbc.",
        "com.ddtek.jdbc.sqlserver",
        "weblogic.jdbc.sqlserver",
        "io.r2dbc.mssql.",
        "io.vertx.mssqlclient.");
  }

  /** Returns true: the message is copied verbatim from the first failed row. */
  @Override
  public boolean repeatsMessageInBatch() {
    return true;
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    switch (failure.code()) {
      case 2601:
      case 2627:
      case 547:
      case 515:
        return failure.hasState("23000");
      default:
        return false;
    }
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case 2601:
      case 2627:
        return conflict(DUPLICATE_KEY);
      case 547:
        return brokenConstraint(failure);
      case 1222:
        return conflict(LOCKED);
      case 1205: // deadlock; MySQL's lock wait
      case 3960: // snapshot
      case 41301: // the next five: tables in memory
      case 41302:
      case 41305:
      case 41325:
      case 41839:
        return conflict(TRANSIENT);
      case 515: // NOT NULL
      case 544: // IDENTITY_INSERT
      case 2628: // too long
      case 8152: // too long, old
      case 2714: // existing object
      case 50000: // RAISERROR, THROW
        return Verdict.NO_CONFLICT;
      default:
        // jTDS connects to ASE as well, whose other codes have no meaning for SQL Server.
        return SYBASE.verdict(failure);
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    switch (failure.code()) {
      case 547:
        return failure.find(NAME_OF_547);
      case 2601:
        return failure.find(INDEX);
      default:
        return failure.find(CONSTRAINT);
    }
  }

  private static Verdict brokenConstraint(SqlFailure failure) {
    String kind = failure.find(KIND_OF_547);
    switch (kind == null ? "" : kind) {
      case "REFERENCE":
        return conflict(STILL_REFERENCED);
      case "FOREIGN KEY":
        return conflict(MISSING_REFERENCE);
      case "CHECK":
        return Verdict.NO_CONFLICT;
      default:
        return failure.message().startsWith("Dependent foreign key") // ASE, through jTDS
            ? conflict(STILL_REFERENCED)
            : Verdict.UNDECIDED;
    }
  }
}
