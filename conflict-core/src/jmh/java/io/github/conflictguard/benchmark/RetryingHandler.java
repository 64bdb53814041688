package io.github.conflictguard.benchmark;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.sql.SQLException;

/** Woven by this project, with a body that may run again. */
public final class RetryingHandler implements Handler {

  @Override
  @ConflictGuarded(retry = @Retry)
  public long handle(long value) throws SQLException {
    if (value < 0) {
      throw new SQLException("negative", "23505");
    }
    return value * 31 + 7;
  }
}
