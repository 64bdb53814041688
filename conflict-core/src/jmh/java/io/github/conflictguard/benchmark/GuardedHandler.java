package io.github.conflictguard.benchmark;

import io.github.conflictguard.guard.ConflictGuarded;
import java.sql.SQLException;

/** Woven by this project. */
public final class GuardedHandler implements Handler {

  @Override
  @ConflictGuarded
  public long handle(long value) throws SQLException {
    if (value < 0) {
      throw new SQLException("negative", "23505");
    }
    return value * 31 + 7;
  }
}
