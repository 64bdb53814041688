package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;
import static io.github.conflictguard.conflict.Verdict.conflict;

/** H2. The codes of class 23 were renumbered in the course of version 1.3. */
final class H2Dialect implements SqlDialect {

  /**
   * By the driver's classes, or by its habit of repeating the code as SQLState, which no other
   * driver is known to share: pools and persistence layers copy the two into exceptions of their
   * own, and may drop the driver's.
   */
  @Override
  public boolean recognises(SqlFailure failure) {
    return failure.isFrom("org.h2.") || Integer.toString(failure.code()).equals(failure.state());
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
        // A failed trigger or function, for example: the reason is in its cause.
        return Verdict.UNDECIDED;
    }
  }
}
