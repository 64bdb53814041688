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
 * MySQL and MariaDB: the error message references of their manuals. Either driver talks to either
 * server, hence one dialect; TiDB is one more server.
 *
 * <p>The state is not conclusive: 23000 is NOT NULL as well, and a lock wait is 40001, HY000 or
 * 41000, depending on the driver.
 */
public final class MySqlDialect implements SqlDialect {

  /** The text after the key in languages where the key is not the last word. */
  private static final List<String> AFTER_KEY =
      Arrays.asList(
          "", // most
          ")", // Czech, Slovak
          " kulcs szerint", // Hungarian
          " \u0915\u0947 \u0932\u093f\u090f", // Hindi
          " \u3067\u91cd\u8907\u3057\u3066\u3044\u307e\u3059\u3002"); // Japanese

  /** Precedes every column, and contains no value. */
  private static final Pattern FOREIGN_KEY =
      Pattern.compile("^[^`]*\\((?:`[^`]*`\\.)?`[^`]*`, CONSTRAINT `([^`]+)` FOREIGN KEY ");

  /** The server truncates messages at 512 bytes, possibly within a value. */
  private static final int MAX_MESSAGE = 500;

  @Override
  public List<String> packages() {
    return Arrays.asList(
        "com.mysql.",
        "org.mariadb.jdbc.",
        "org.drizzle.jdbc.",
        "org.gjt.mm.mysql.",
        "com.singlestore.jdbc.",
        "com.ddtek.jdbc.mysql",
        "software.aws.rds.jdbc.",
        "org.mariadb.r2dbc.",
        "io.asyncer.r2dbc.mysql.",
        "dev.miku.r2dbc.mysql.",
        "io.vertx.mysqlclient.");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    switch (failure.code()) {
      case 1062:
      case 1451:
      case 1452:
      case 1216:
      case 1217:
      case 1586:
      case 1022:
      case 1169:
      case 1048:
        return failure.hasState("23000");
      case 1206:
      case 3819:
      case 3572:
        return failure.hasState("HY000");
      case 1205: // with 40001 it may be SQL Server's
        return failure.hasState("HY000") || failure.hasState("41000");
      case 1213:
        return failure.hasState("40001");
      default:
        return false;
    }
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case 1062:
      case 1022:
      case 1169:
      case 1586:
      case 1761: // by a cascade, with and without the key's name
      case 1762:
      case 1859:
        return conflict(DUPLICATE_KEY);
      case 1451:
      case 1217: // without the privilege to see the parent
        return conflict(STILL_REFERENCED);
      case 1452:
      case 1216: // without the privilege to see the parent
        return conflict(MISSING_REFERENCE);
      case 1205: // lock wait timeout
      case 3572: // NOWAIT
      case 9004: // TiDB: too much contention
        return conflict(LOCKED);
      case 1213: // deadlock
      case 1614: // deadlock found by XA
      case 3101: // group replication
      case 1020: // MariaDB: row changed since the snapshot
      case 9007: // the next ones of TiDB: write conflict
      case 8002: // write conflict of SELECT FOR UPDATE
      case 8005: // stale transaction
      case 8022: // rolled back at the commit
      case 8028: // schema changed in the meantime
        return conflict(TRANSIENT);
      case 1206: // lock table is full
      case 1048: // NOT NULL
      case 1364: // no default value
      case 3819: // CHECK of MySQL
      case 4025: // CHECK of MariaDB
      case 1406: // too long
      case 1644: // SIGNAL of a procedure
      case 3024: // statement timeout
      case 1969: // statement timeout of MariaDB
      case 1317: // cancelled
      case 1050: // existing table
      case 1060: // existing column
      case 1061: // existing index
      case 1136: // number of columns; MariaDB's driver throws the class for broken constraints
      case 1242: // more than one row, likewise
      case 1222: // number of columns in UNION; a lock timeout of SQL Server
        return Verdict.NO_CONFLICT;
      default:
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String message = failure.message();
    if (verdict(failure).kind() != DUPLICATE_KEY) {
      return ConstraintName.find(FOREIGN_KEY, message);
    }
    switch (failure.code()) {
      case 1062:
      case 1586:
        return ConstraintName.unqualified(keyAtEnd(message, true));
      case 1761:
        return keyAtEnd(message, true);
      case 1859: // without the value
        return ConstraintName.unqualified(keyAtEnd(message, false));
      default:
        return null; // the table's, or none
    }
  }

  /**
   * Returns the key in {@code Duplicate entry 'a@x' for key 'customer.email'}, in any language,
   * after {@code (conn=7) } in messages of MariaDB's driver. The value may contain anything, also
   * {@code for key 'x'}; the key follows the value. No regular expression is used: this is the most
   * frequent message of all, and backtracking over a value takes half a microsecond.
   */
  private static @Nullable String keyAtEnd(String message, boolean afterValue) {
    int begin = message.startsWith("(conn") ? message.indexOf(") ") + 2 : 0;
    int end = message.lastIndexOf('\'');
    int name = message.lastIndexOf('\'', end - 1) + 1;
    // A driver may append the statement with its values.
    return begin < name - 1
            && name < end
            && AFTER_KEY.contains(message.substring(end + 1))
            && (!afterValue || hasValue(message, begin, name - 1))
            && !message.contains("Query is")
            && !isCutOff(message, begin)
        ? message.substring(name, end)
        : null;
  }

  private static boolean hasValue(String message, int begin, int end) {
    int first = message.indexOf('\'', begin);
    return first >= 0 && message.lastIndexOf('\'', end - 1) > first;
  }

  private static boolean isCutOff(String message, int begin) {
    int bytes = 0;
    for (int i = begin; i < message.length() && bytes <= MAX_MESSAGE; i++) {
      char c = message.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes > MAX_MESSAGE;
  }
}
