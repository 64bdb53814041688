package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.EXCLUSION;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;
import static io.github.conflictguard.conflict.Verdict.conflict;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: appendix A, "PostgreSQL Error Codes", of its manual. The driver's vendor code is
 * always 0, the state says it all.
 *
 * <p>CockroachDB and YugabyteDB are reached through the same driver and use the same states; all
 * that CockroachDB wants repeated is 40001 ("Transaction Retry Error Reference" of its
 * documentation).
 */
final class PostgreSqlDialect implements SqlDialect {

  /** The first line: what follows is the detail with column names and values. Not translated. */
  private static final Pattern FIRST_LINE =
      Pattern.compile("^[^\n\"]*(?:\"[^\n\"]*\")?[^\n\"]* constraint \"([^\n\"]+)\"");

  private static final Pattern DIRECTION =
      Pattern.compile("^[^\n\":]*: (insert or update|update or delete) on table \"");

  @Override
  public List<String> packages() {
    return Arrays.asList(
        "org.postgresql.",
        "com.impossibl.postgres.",
        "com.yugabyte.",
        "com.edb.",
        "org.opengauss.",
        "com.kingbase8.",
        "com.amazon.redshift.",
        "io.r2dbc.postgresql.",
        "io.vertx.pgclient.",
        "io.reactiverse.pgclient.");
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    String state = failure.state();
    switch (state == null ? "" : state) {
      case "23505":
        return conflict(DUPLICATE_KEY);
      case "23P01":
        return conflict(EXCLUSION);
      case "23503":
        return conflict(direction(failure));
      case "23001": // RESTRICT, as a state of its own since version 18
        return conflict(STILL_REFERENCED);
      case "55P03":
        return conflict(LOCKED);
      case "40001":
      case "40P01":
        return conflict(TRANSIENT);
      case "23502": // NOT NULL
      case "23514": // CHECK
      case "21000": // subquery with more than one row, and ON CONFLICT that hits a row twice
      case "40003": // nobody knows whether it was carried out
      case "57014": // cancelled
      case "P0001": // RAISE of a function
        return Verdict.NO_CONFLICT;
      default:
        // 25P02 too: the transaction failed earlier, and a cause may say by what.
        return state != null && (state.startsWith("22") || state.startsWith("42"))
            ? Verdict.NO_CONFLICT
            : Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String structured = Guarded.text(failure.exception(), "getServerErrorMessage", "getConstraint");
    if (structured == null) {
      structured = Guarded.text(failure.exception(), "getConstraint"); // pgjdbc-ng
    }
    // Only drivers and servers of the last decade have it structured; most others say nothing.
    return structured == null && failure.message().contains(" constraint \"")
        ? failure.find(FIRST_LINE)
        : structured;
  }

  /** The state is the same in both directions, and the text may be translated. */
  private static ConflictKind direction(SqlFailure failure) {
    String statement = failure.find(DIRECTION);
    if (statement == null) {
      return BROKEN_REFERENCE;
    }
    return statement.startsWith("insert") ? MISSING_REFERENCE : STILL_REFERENCED;
  }
}
