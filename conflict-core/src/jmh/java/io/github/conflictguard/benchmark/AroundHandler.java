package io.github.conflictguard.benchmark;

import java.sql.SQLException;

/** Woven by AspectJ with an aspect that goes around it. */
public final class AroundHandler implements Handler {

  @Override
  public long handle(long value) throws SQLException {
    if (value < 0) {
      throw new SQLException("negative", "23505");
    }
    return value * 31 + 7;
  }
}
