package io.github.conflictguard.benchmark;

import java.sql.SQLException;

/** Guarded by nobody, or by what stands in front of it. */
public class PlainHandler implements Handler {

  @Override
  public long handle(long value) throws SQLException {
    if (value < 0) {
      throw new SQLException("negative", "23505");
    }
    return value * 31 + 7;
  }
}
