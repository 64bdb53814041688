package io.github.conflictguard.conflict;

import java.util.List;

/**
 * Decides whether the class of an exception counts where a driver's exception was found, too.
 *
 * <p>Spring, Hibernate, OpenJPA and others choose the class of a wrapper by the class of the
 * SQLState, or by lists that are wrong for some products: a full tablespace becomes a lock, an
 * unknown outcome a deadlock. Where the driver is known, its code is the better evidence, also when
 * it is in no table of ours: then it is the code of something else.
 */
final class DriverPrecedence {

  private final DriverTraces traces;

  DriverPrecedence(DriverTraces traces) {
    this.traces = traces;
  }

  /**
   * Returns whether a conflict that the class of a throwable suggests is to be ignored, because the
   * throwable wraps, or is wrapped by, a driver's exception that does not report it.
   *
   * @param suggested the kind that the class stands for
   * @param throwables everything that was found, the throwable included
   */
  boolean silences(Throwable throwable, ConflictKind suggested, List<Throwable> throwables) {
    if (!hasFailure(throwables)) {
      return false;
    }
    for (Throwable inside : CauseWalk.from(throwable)) {
      SqlFailure failure = SqlFailure.of(inside);
      // A version check compares a count of rows; it has no failure of a database as its cause.
      if (failure != null && (suggested == ConflictKind.STALE_VERSION || isConclusive(failure))) {
        return true;
      }
    }
    // H2 that cannot lock its file has an OverlappingFileLockException inside.
    for (Throwable outside : throwables) {
      SqlFailure failure = outside == throwable ? null : SqlFailure.of(outside);
      if (failure != null && isConclusive(failure) && leadsTo(throwable, CauseWalk.from(outside))) {
        return true;
      }
    }
    return false;
  }

  private boolean isConclusive(SqlFailure failure) {
    return traces.makerOf(failure) != null
        || traces.repeatedIn(failure) != null
        || StandardStates.isOfOtherFailure(failure);
  }

  private static boolean hasFailure(List<Throwable> throwables) {
    for (int i = 0; i < throwables.size(); i++) {
      if (SqlFailure.of(throwables.get(i)) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean leadsTo(Throwable throwable, List<Throwable> throwables) {
    for (int i = 0; i < throwables.size(); i++) {
      if (throwables.get(i) == throwable) {
        return true;
      }
    }
    return false;
  }
}
