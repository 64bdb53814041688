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
 * Db2 for LUW, for z/OS, and for i: "SQL codes" of the three documentations. The codes are the
 * same, the reasons of a rollback are not.
 *
 * <p>A duplicate has no constraint name here: LUW reports the number of the index, z/OS its space
 * and a row. The catalogue is not queried while an error is handled.
 */
public final class Db2Dialect implements SqlDialect {

  /** The short form, and the long one that jcc fetches when configured to. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(^(?:Error for batch element #\\d+: )?DB2 SQL Error: SQLCODE=|\\bSQLCODE=-?\\d+, SQLSTATE=\\w{5}, DRIVER=)");

  /** {@code SQLERRMC=DB2INST1.ORDERS.FK_CUSTOMER, DRIVER=}; holds names only. */
  private static final Pattern NAME =
      Pattern.compile(
          "^(?:Error for batch element #\\d+: )?DB2 SQL Error: SQLCODE=-53[0-2], SQLSTATE=\\w{5}, SQLERRMC=([^,;\\s]+)[,;]");

  /** Db2 for i, JTOpen: {@code [SQL0530] ... referential constraint ORDERS_CUSTOMER in OFFICE.}. */
  private static final Pattern NAME_ON_I =
      Pattern.compile("^\\[SQL053[0-2]\\] [^.']*referential constraint (\\S+) in ");

  /** Reason 2 on LUW, 00C90088 on z/OS. */
  private static final Pattern DEADLOCK =
      Pattern.compile("(SQLERRMC=2[,;]|[Rr]eason code \"2\"|00C90088)");

  /** Reason 68 on LUW, 00C9008E on z/OS. */
  private static final Pattern TIMEOUT =
      Pattern.compile("(SQLERRMC=68[,;]|[Rr]eason code \"68\"|00C9008E)");

  @Override
  public List<String> packages() {
    return Arrays.asList(
        "com.ibm.db2.", // jcc (all three), and the native driver of i
        "COM.ibm.db2.", // the legacy driver, over the client
        "com.ibm.as400.access.", // JTOpen
        "com.ddtek.jdbc.db2",
        "weblogic.jdbc.db2",
        "io.vertx.db2client.");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    switch (failure.code()) {
      case -803:
        return failure.hasState("23505");
      case -530:
        return failure.hasState("23503");
      case -531:
      case -532:
        return failure.hasState("23504") || failure.hasState("23001");
      case -911:
      case -913:
        return failure.hasState("40001") || failure.hasState("57033");
      default:
        return failure.find(MESSAGE) != null;
    }
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case -803:
        return conflict(DUPLICATE_KEY);
      case -531:
      case -532:
        return conflict(STILL_REFERENCED);
      case -530:
        return conflict(MISSING_REFERENCE);
      case -911: // rolled back
        return conflict(has(TIMEOUT, failure) ? LOCKED : TRANSIENT);
      case -913: // not rolled back; on i always a lock
        return conflict(has(DEADLOCK, failure) ? TRANSIENT : LOCKED);
      case -407: // NOT NULL
      case -545: // CHECK
      case -543: // CHECK, by a deletion
      case -433: // too long
      case -302: // too long
      case -104: // syntax; a duplicate in HSQLDB
      case -952: // cancelled
      case -438: // SIGNAL, with a state of the application's choice
      case -904: // resource unavailable
      case -4499: // connection
        return Verdict.NO_CONFLICT;
      default:
        // A batch (-4229) too: its entries follow.
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String name = failure.find(NAME);
    return name == null ? failure.find(NAME_ON_I) : ConstraintName.unqualified(name);
  }

  private static boolean has(Pattern reason, SqlFailure failure) {
    return failure.find(reason) != null;
  }
}
