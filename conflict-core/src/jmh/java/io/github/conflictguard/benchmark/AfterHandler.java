package io.github.conflictguard.benchmark;

import java.sql.SQLException;

/** Woven by AspectJ with an aspect that follows what it throws. */
public final class AfterHandler implements Handler {

  @Override
  public long handle(long value) throws SQLException {
    if (value < 0) {
      throw new SQLException("negative", "23505");
    }
    return value * 31 + 7;
  }
}
