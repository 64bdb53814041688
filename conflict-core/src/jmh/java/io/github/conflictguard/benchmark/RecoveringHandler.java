package io.github.conflictguard.benchmark;

import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuarded;
import java.sql.SQLException;

/** Woven by this project, with a method that recovers from conflicts. */
public final class RecoveringHandler implements Handler {

  @Override
  @ConflictGuarded(recover = "recover")
  public long handle(long value) throws SQLException {
    if (value < 0) {
      throw new SQLException("negative", "23505");
    }
    return value * 31 + 7;
  }

  private long recover(long value, ConflictException conflict) {
    return -value;
  }
}
