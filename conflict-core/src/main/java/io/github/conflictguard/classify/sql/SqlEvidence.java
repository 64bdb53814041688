package io.github.conflictguard.classify.sql;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.Evidence;
import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of database drivers: the codes of a known driver first, otherwise an unambiguous
 * SQLState.
 */
public final class SqlEvidence implements Evidence {

  private final DriverTraces traces;

  public SqlEvidence(DriverTraces traces) {
    this.traces = traces;
  }

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    Verdict byState = Verdict.UNDECIDED;
    for (int i = 0; i < throwables.size(); i++) {
      SqlFailure failure = SqlFailure.of(throwables.get(i));
      if (failure != null) {
        SqlDialect maker = traces.makerOf(failure);
        SqlDialect dialect = maker == null ? traces.repeatedIn(failure) : maker;
        if (dialect == null) {
          // A pool or a proxy may have copied the state into an exception of its own; the
          // driver's, which comes later, is the better evidence.
          byState = byState.isDecided() ? byState : StandardStates.verdict(failure);
        } else {
          Verdict verdict = verdict(failure, maker, dialect, throwables, i);
          if (verdict.isDecided()) {
            return verdict;
          }
          // The driver's own exception reports no conflict, so a copy of it does not either.
          byState = byState.kind() == null ? byState : Verdict.UNDECIDED;
        }
      }
    }
    return byState;
  }

  private Verdict verdict(
      SqlFailure failure,
      @Nullable SqlDialect maker,
      SqlDialect dialect,
      List<Throwable> throwables,
      int place) {
    Verdict verdict = judged(dialect, failure);
    ConflictKind kind = verdict.kind();
    if (kind == null || !kind.isOfConstraint()) {
      return verdict;
    }
    // Wrappers put text in front of the driver's message, and batches the whole statement with all
    // input of users. Name and direction are read only if the driver reports one row.
    boolean ofOneRow = maker != null && (!failure.isBatch() || dialect.repeatsMessageInBatch());
    SqlFailure row = ofOneRow ? failure : rowInside(failure, dialect, throwables, place);
    if (row == null) {
      return verdict;
    }
    ConflictKind kindOfRow = row == failure ? kind : judged(dialect, row).kind();
    return Verdict.conflict(kindOfRow == null ? kind : kindOfRow, constraint(row, dialect));
  }

  /** Judges by the dialect, then by the state: no table of codes is complete. */
  private static Verdict judged(SqlDialect dialect, SqlFailure failure) {
    Verdict verdict = dialect.verdict(failure);
    return verdict.isDecided() ? verdict : dialect.verdictByState(failure);
  }

  /** Returns the driver's own exception inside a batch or a copy: the first with the same codes. */
  private @Nullable SqlFailure rowInside(
      SqlFailure decisive, SqlDialect dialect, List<Throwable> throwables, int place) {
    for (int i = place + 1; i < throwables.size(); i++) {
      SqlFailure failure = SqlFailure.of(throwables.get(i));
      if (failure != null
          && !failure.isBatch()
          && failure.hasSameCodesAs(decisive)
          && traces.makerOf(failure) == dialect) {
        return failure;
      }
    }
    return null;
  }

  private static @Nullable String constraint(SqlFailure failure, SqlDialect maker) {
    return ConstraintName.clean(SafeReader.<@Nullable String>read(() -> maker.constraint(failure)));
  }
}
