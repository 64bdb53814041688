package io.github.conflictguard.conflict;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What drivers report: the codes of a known one first, else a SQLState of one meaning. */
final class SqlEvidence implements Evidence {

  private final List<SqlDialect> dialects;

  SqlEvidence(List<SqlDialect> dialects) {
    this.dialects = dialects;
  }

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    Verdict byState = Verdict.UNDECIDED;
    for (Throwable throwable : throwables) {
      if (throwable instanceof SQLException) {
        SqlFailure failure = SqlFailure.of((SQLException) throwable);
        SqlDialect dialect = dialectOf(failure);
        if (dialect == null) {
          // Not yet: a pool or a proxy may have copied the state into an exception of its own, and
          // the driver's may follow inside.
          byState = byState.isDecided() ? byState : StandardStates.verdict(failure);
        } else {
          Verdict verdict = dialect.verdict(failure);
          if (verdict.isDecided()) {
            return verdict;
          }
        }
      }
    }
    return byState;
  }

  private @Nullable SqlDialect dialectOf(SqlFailure failure) {
    for (SqlDialect dialect : dialects) {
      if (dialect.recognises(failure)) {
        return dialect;
      }
    }
    return null;
  }
}
