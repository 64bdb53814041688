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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * H2: {@code org.h2.api.ErrorCode} of its API documentation. The codes of class 23 were renumbered
 * in the course of version 1.3.
 */
public final class H2Dialect implements SqlDialect {

  /**
   * The message without the statement: {@code Unique index or primary key violation:
   * "PUBLIC.UQ_EMAIL_INDEX_5 ON PUBLIC.CUSTOMER(EMAIL) VALUES ..."}. Up to 2.3.232 it contains the
   * name of the index that was created for the constraint, later that of the constraint, then
   * {@code INDEX} and the index. The words before the colon are translated. Names that need quotes
   * are not recognized.
   */
  private static final Pattern UNIQUE =
      Pattern.compile("^[^\"]*: \"([^\" (]+)(?: INDEX [^\" (]+)? ON [^\"]");

  /** The table in the same message. */
  private static final Pattern TABLE = Pattern.compile("^[^\"]*: \"[^\" (]+ ON ([^\" (]+)\\(");

  /**
   * {@code Referential integrity constraint violation: "FK_CUSTOMER: PUBLIC.ORDERS FOREIGN ...}.
   */
  private static final Pattern REFERENCE = Pattern.compile("^[^\"]*: \"([^\" :(]+): ");

  /**
   * The suffix that H2 appends to a constraint's name for its index; the group is a part of a hash.
   */
  private static final Pattern INDEX_SUFFIX = Pattern.compile("_INDEX_([0-9A-F]+)(?:_\\d+)?$");

  /** The name of the index of a constraint that the application did not name. */
  private static final String UNNAMED = "CONSTRAINT_INDEX_";

  @Override
  public List<String> packages() {
    return Arrays.asList("org.h2.", "io.r2dbc.h2.");
  }

  /**
   * Returns whether the SQLState repeats the code. Only H2 is known to do so, with the exception of
   * one code.
   */
  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    return failure.code() == 50200
        ? failure.hasState("HYT00")
        : Integer.toString(failure.code()).equals(failure.state());
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case 23505:
      case 23001: // old
        return conflict(DUPLICATE_KEY);
      case 23503:
      case 23003: // old
        return conflict(STILL_REFERENCED);
      case 23506:
      case 23002: // old
        return conflict(MISSING_REFERENCE);
      case 50200: // shares its exception class with a cancelled statement
        return conflict(LOCKED);
      case 40001: // deadlock
      case 90131: // concurrent update
        return conflict(TRANSIENT);
      case 22001: // too long
      case 90005: // too long, old
      case 23502: // NOT NULL
      case 90006: // NOT NULL, old
      case 23507: // no default value
      case 90056: // no default value, old
      case 23513: // CHECK
      case 23000: // CHECK, old
      case 23514: // CHECK that cannot be evaluated
      case 57014: // cancelled
      case 90051: // cancelled, old
        return Verdict.NO_CONFLICT;
      default:
        // A failed trigger or function, for example: the actual failure is its cause.
        return Verdict.UNDECIDED;
    }
  }

  /**
   * Judges by the state. The states of H2 repeat its codes; a state without the code was signalled
   * by a function.
   */
  @Override
  public Verdict verdictByState(SqlFailure failure) {
    return Verdict.UNDECIDED;
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String message = failure.message();
    if (verdict(failure).kind() != DUPLICATE_KEY) {
      return ConstraintName.unqualified(ConstraintName.find(REFERENCE, message));
    }
    String index = ConstraintName.unqualified(ConstraintName.find(UNIQUE, message));
    return index == null || index.startsWith("PRIMARY_KEY")
        ? null // not named by the application
        : constraintOf(index, ConstraintName.unqualified(ConstraintName.find(TABLE, message)));
  }

  /**
   * Removes the suffix, if H2 appended it: it consists of the first digits of the hash of the
   * table's name. An index that was created explicitly may look alike. Unnamed constraints keep it,
   * since it is all that distinguishes them.
   */
  private static String constraintOf(String index, @Nullable String table) {
    Matcher suffix = INDEX_SUFFIX.matcher(index);
    return table != null
            && !index.startsWith(UNNAMED)
            && suffix.find()
            && Integer.toHexString(table.hashCode())
                .toUpperCase(Locale.ROOT)
                .startsWith(suffix.group(1))
        ? index.substring(0, suffix.start())
        : index;
  }
}
