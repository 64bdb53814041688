package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HSQLDB 1.8 and 2: {@code org.hsqldb.error.ErrorCode} and {@code sql-state-messages.properties} of
 * its distribution. The code is the negative number of the message; 1.8 has state 23000 for most
 * failures.
 */
public final class HsqldbDialect implements SqlDialect {

  /**
   * {@code integrity constraint violation: ... ; UQ_EMAIL table: CUSTOMER}, then perhaps a value.
   */
  private static final Pattern NAME =
      Pattern.compile("^integrity constraint violation: [^;:']*[;:] (\\S+) table: ");

  /** An index that is not a constraint ends the message: {@code ... index violation: IX_EMAIL}. */
  private static final Pattern INDEX =
      Pattern.compile("^integrity constraint violation: [^;:']*: ([^;:\\s]+)\\z");

  /** 1.8: the same with the table, the name alone for a duplicate. */
  private static final Pattern NAME_OF_OLD =
      Pattern.compile(
          "^(?:Integrity constraint violation (?:- no parent )?(?=\\S+ table: )"
              + "|Violation of unique constraint (?=\\S+: duplicate ))([^\\s:,]+)");

  @Override
  public List<String> packages() {
    return Collections.singletonList("org.hsqldb.");
  }

  @Override
  public boolean isRepeatedIn(SqlFailure failure) {
    switch (failure.code()) {
      case -104:
        return failure.hasState("23505") || failure.hasState("23000");
      case -8:
        return failure.hasState("23504") || failure.hasState("23000");
      case -177:
        return failure.hasState("23503") || failure.hasState("23000");
      default:
        return false;
    }
  }

  @Override
  public boolean repeatsMessageInBatch() {
    return true;
  }

  @Override
  public Verdict verdict(SqlFailure failure) {
    switch (failure.code()) {
      case -104:
      case -9: // unique index of 1.8
        return conflict(DUPLICATE_KEY);
      case -8:
      case -3501: // RESTRICT
        return conflict(STILL_REFERENCED);
      case -177:
        return conflict(MISSING_REFERENCE);
      case -4872: // statement cancelled because of a lock
        return conflict(LOCKED);
      case -4861: // transaction rolled back: serialization failure or deadlock
        return conflict(TRANSIENT);
      case -10: // NOT NULL
      case -157: // CHECK
      case -3401: // too long
        return Verdict.NO_CONFLICT;
      default:
        return Verdict.UNDECIDED;
    }
  }

  @Override
  public @Nullable String constraint(SqlFailure failure) {
    String name = failure.find(NAME);
    name = name == null ? failure.find(INDEX) : name;
    return name == null ? failure.find(NAME_OF_OLD) : name;
  }
}
