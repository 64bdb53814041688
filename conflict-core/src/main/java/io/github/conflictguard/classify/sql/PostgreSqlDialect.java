package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.EXCLUSION;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: appendix A, "PostgreSQL Error Codes", of its manual. The driver's vendor code is
 * always 0, only the state is significant.
 *
 * <p>CockroachDB and YugabyteDB are reached through the same driver and use the same states; the
 * only state for which CockroachDB requires a retry is 40001 ("Transaction Retry Error Reference"
 * of its documentation).
 */
public final class PostgreSqlDialect implements SqlDialect {

  /** The first line; the detail with column names and values follows. Not translated. */
  private static final Pattern FIRST_LINE =
      Pattern.compile("^[^\n\"]*(?:\"[^\n\"]*\")?[^\n\"]* constraint \"([^\n\"]+)\"");

  /**
   * A name in a message, in the quotation marks of the server's language. The first line contains
   * schema names only.
   */
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"[^\"]+\"|\u00bb[^\u00ab]+\u00ab|\u00ab[^\u00bb]+\u00bb|\u201c[^\u201d]+\u201d");

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
        "com.ddtek.jdbc.postgresql",
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
      case "40003": // unknown whether it was executed
      case "57014": // cancelled
      case "P0001": // RAISE of a function
        return Verdict.NO_CONFLICT;
      default:
        // 25P02 too: the transaction failed earlier, and a cause may contain the reason.
        return state != null && (state.startsWith("22") || state.startsWith("42"))
            ? Verdict.NO_CONFLICT
            : Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String structured =
        SafeReader.text(failure.exception(), "getServerErrorMessage", "getConstraint");
    if (structured == null) {
      structured = SafeReader.text(failure.exception(), "getConstraint"); // pgjdbc-ng, Vert.x
    }
    if (structured == null) { // R2DBC
      Object name = SafeReader.get(failure.exception(), "getErrorDetails", "getConstraintName");
      Object present = name instanceof Optional ? ((Optional<?>) name).orElse(null) : null;
      structured = present instanceof String ? (String) present : null;
    }
    // Only drivers and servers of the last decade report it as a field; most others do not.
    return structured == null && failure.message().contains(" constraint \"")
        ? failure.find(FIRST_LINE)
        : structured;
  }

  /**
   * Returns the broken side of a reference. The state is the same for both, and the text may be
   * translated. It contains two names, the child and the constraint, where a parent is missing, and
   * three, the parent, the constraint and the child, where one is still referenced.
   */
  private static ConflictKind direction(SqlFailure failure) {
    String message = failure.message();
    int end = message.indexOf('\n');
    Matcher names = QUOTED.matcher(end < 0 ? message : message.substring(0, end));
    int count = 0;
    while (names.find()) {
      count++;
    }
    switch (count) {
      case 2:
        return MISSING_REFERENCE;
      case 3:
        return STILL_REFERENCED;
      default:
        return BROKEN_REFERENCE;
    }
  }
}
