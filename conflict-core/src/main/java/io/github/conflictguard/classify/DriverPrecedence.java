package io.github.conflictguard.classify;

import io.github.conflictguard.classify.sql.DriverTraces;
import io.github.conflictguard.classify.sql.SqlFailure;
import io.github.conflictguard.classify.sql.StandardStates;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the class of an exception is evidence when a driver's exception was found as
 * well.
 *
 * <p>Spring, Hibernate, OpenJPA and others choose the class of a wrapper by the class of the
 * SQLState, or by lists that are wrong for some products: a full tablespace becomes a lock, an
 * unknown outcome a deadlock. If the driver is known, its code is the better evidence, even if it
 * is in none of the tables: then it is the code of another failure.
 */
final class DriverPrecedence {

  private final DriverTraces traces;
  private final List<Throwable> throwables;

  /** The drivers' exceptions and the throwables they lead to; null until needed. */
  private @Nullable Set<Throwable> insideOfDrivers;

  /**
   * Creates an instance for one classification.
   *
   * @param throwables all throwables that were found
   */
  DriverPrecedence(DriverTraces traces, List<Throwable> throwables) {
    this.traces = traces;
    this.throwables = throwables;
  }

  /**
   * Returns whether a conflict that the class of a throwable suggests is to be ignored, because the
   * throwable wraps, or is wrapped by, a driver's exception that does not report it.
   *
   * @param suggested the kind that the class stands for
   */
  boolean silences(Throwable throwable, ConflictKind suggested) {
    if (!hasFailure()) {
      return false;
    }
    for (Throwable inside : CauseGraph.from(throwable)) {
      SqlFailure failure = SqlFailure.of(inside);
      // A version check compares a row count; a database failure is never its cause.
      if (failure != null && (suggested == ConflictKind.STALE_VERSION || isConclusive(failure))) {
        return true;
      }
    }
    // H2 wraps an OverlappingFileLockException if it cannot lock its file.
    return insideOfDrivers().contains(throwable);
  }

  private boolean hasFailure() {
    for (int i = 0; i < throwables.size(); i++) {
      if (SqlFailure.of(throwables.get(i)) != null) {
        return true;
      }
    }
    return false;
  }

  private Set<Throwable> insideOfDrivers() {
    Set<Throwable> inside = insideOfDrivers;
    if (inside == null) {
      insideOfDrivers = inside = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Throwable each : throwables) {
        SqlFailure failure = inside.contains(each) ? null : SqlFailure.of(each);
        if (failure != null && isConclusive(failure)) {
          inside.addAll(CauseGraph.from(each));
        }
      }
    }
    return inside;
  }

  private boolean isConclusive(SqlFailure failure) {
    return traces.makerOf(failure) != null
        || traces.repeatedIn(failure) != null
        || StandardStates.isOfOtherFailure(failure);
  }
}
