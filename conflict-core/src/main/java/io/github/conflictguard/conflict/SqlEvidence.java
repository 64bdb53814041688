package io.github.conflictguard.conflict;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What drivers report: the codes of a known one first, else a SQLState of one meaning. */
final class SqlEvidence implements Evidence {

  private final DriverTraces traces;

  SqlEvidence(List<SqlDialect> dialects) {
    this.traces = new DriverTraces(dialects);
  }

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    Verdict byState = Verdict.UNDECIDED;
    for (int i = 0; i < throwables.size(); i++) {
      if (throwables.get(i) instanceof SQLException) {
        SqlFailure failure = SqlFailure.of((SQLException) throwables.get(i));
        SqlDialect maker = traces.makerOf(failure);
        SqlDialect dialect = maker == null ? traces.repeatedIn(failure) : maker;
        if (dialect == null) {
          // Not yet: a pool or a proxy may have copied the state into an exception of its own, and
          // the driver's may follow inside.
          byState = byState.isDecided() ? byState : StandardStates.verdict(failure);
        } else {
          Verdict verdict = dialect.verdict(failure);
          ConflictKind kind = verdict.kind();
          if (kind != null && kind.isOfConstraint()) {
            return Verdict.conflict(
                kind,
                maker != null && !failure.isBatch()
                    ? constraint(failure, maker)
                    : constraintInside(
                        failure, dialect, throwables.subList(i + 1, throwables.size())));
          }
          if (verdict.isDecided()) {
            return verdict;
          }
        }
      }
    }
    return byState;
  }

  /**
   * Reads the name only where the driver itself speaks of one row. Wrappers put text in front of
   * its message, and batches the whole statement, with everything that users typed into it.
   */
  private @Nullable String constraintInside(
      SqlFailure decisive, SqlDialect dialect, List<Throwable> furtherIn) {
    for (Throwable throwable : furtherIn) {
      if (throwable instanceof SQLException) {
        SqlFailure failure = SqlFailure.of((SQLException) throwable);
        if (!failure.isBatch()
            && failure.hasSameCodesAs(decisive)
            && traces.makerOf(failure) == dialect) {
          return constraint(failure, dialect);
        }
      }
    }
    return null;
  }

  private static @Nullable String constraint(SqlFailure failure, SqlDialect maker) {
    return ConstraintName.clean(Guarded.<@Nullable String>read(() -> maker.constraint(failure)));
  }
}
