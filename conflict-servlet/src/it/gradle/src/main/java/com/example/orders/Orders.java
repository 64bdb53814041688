package com.example.orders;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.sql.SQLException;

/** Fails twice. */
public class Orders {

  private int runs;

  @ConflictGuarded(lock = "order/{id}", retry = @Retry(backoffMillis = 1))
  public int save(long id) throws SQLException {
    runs++;
    if (runs < 3) {
      throw new SQLException("deadlock", "40001");
    }
    return runs;
  }
}
