package io.github.conflictguard.servlet.guarded;

import io.github.conflictguard.guard.ConflictGuarded;
import java.sql.SQLException;

/** What the application stores its data by. It always fails in the same way. */
public class Stock {

  /** Asks for a guard itself. */
  @ConflictGuarded
  public void add(String article) throws SQLException {
    throw new SQLException(article + " exists", "23505");
  }

  /** Is named in the rules file. */
  public void replace(String article) throws SQLException {
    throw new SQLException(article + " exists", "23505");
  }
}
