package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.classify.evidence.Verdict.conflict;
import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.EXCLUSION;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.Verdict;

/**
 * The SQLStates that have one meaning in all products. There are few:
 *
 * <ul>
 *   <li>23000 is every integrity violation, including NOT NULL.
 *   <li>23504, 23506 and 23507 differ between products.
 *   <li>42000 includes lock conflicts in some drivers, 40000 and 40002 violated constraints.
 * </ul>
 */
public final class StandardStates {

  private StandardStates() {}

  static Verdict verdict(SqlFailure failure) {
    String state = failure.state();
    if (state == null) {
      return Verdict.UNDECIDED;
    }
    switch (state) {
      case "23505":
        return conflict(DUPLICATE_KEY);
      case "23P01":
        return conflict(EXCLUSION);
      case "23503":
        // Child without parent, or parent with children: products use it for either or for both.
        return conflict(BROKEN_REFERENCE);
      case "23001":
        // A violation of RESTRICT, which is possible only for a row that others refer to. (Old
        // versions of H2 use it for a duplicate, see there.)
        return conflict(STILL_REFERENCED);
      case "40001": // serialization failure
      case "40P01": // deadlock
        return conflict(TRANSIENT);
      case "55P03":
        return conflict(LOCKED);
      case "22001": // too long
      case "23502": // NOT NULL
      case "23513": // CHECK
      case "23514": // CHECK, immediate or deferred
      case "40003": // unknown whether the statement was executed: must not be repeated
      case "57014": // cancelled
        return Verdict.NO_CONFLICT;
      default:
        return Verdict.UNDECIDED;
    }
  }

  /**
   * Judges the code of a known driver that is in no table. States that some product uses for
   * several failures are omitted, and those of references, which do not identify the broken side.
   */
  static Verdict verdictForKnownDriver(SqlFailure failure) {
    String state = failure.state();
    switch (state == null ? "" : state) {
      case "23505":
        return conflict(DUPLICATE_KEY);
      case "40001":
      case "40P01":
        return conflict(TRANSIENT);
      case "55P03":
        return conflict(LOCKED);
      default:
        return Verdict.UNDECIDED;
    }
  }

  /**
   * Returns whether the class of the state excludes a conflict, whichever driver reports it:
   * connections, data, privileges, resources, and rolled-back transactions of unknown outcome. The
   * last two are Oracle's, whose conflicts are recognized by their codes.
   */
  public static boolean isOfOtherFailure(SqlFailure failure) {
    String state = failure.state();
    switch (state == null || state.length() != 5 ? "" : state.substring(0, 2)) {
      case "08": // connection
      case "0A": // feature not supported
      case "21": // cardinality
      case "22": // data
      case "25": // state of the transaction
      case "28": // authorization
      case "40": // rollback; the cases that can be retried were handled before
      case "53": // resources
      case "54": // program limits
      case "58": // system
      case "61": // resources, deadlocks among them
      case "72": // execution
        return !verdict(failure).isConflict();
      default:
        return false;
    }
  }
}
