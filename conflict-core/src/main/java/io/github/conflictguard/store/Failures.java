package io.github.conflictguard.store;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Classifies failures of the store's statements. */
final class Failures {

  private Failures() {}

  /**
   * Returns whether another transaction is the reason: a deadlock, a serialization failure, a lock
   * timeout, a changed snapshot. A statement that takes too long usually waits for a lock.
   */
  static boolean isConflict(SQLException e) {
    String state = e.getSQLState();
    int code = e.getErrorCode();
    return isTimeout(e)
        || (state != null && (state.startsWith("40") || state.equals("55P03")))
        // MySQL and MariaDB: lock timeout, deadlock, changed since the snapshot was taken.
        || code == 1205
        || code == 1213
        || code == 1020
        // H2: lock timeout, deadlock, concurrent update; Db2: deadlock or timeout.
        || code == 50200
        || code == 40001
        || code == 90131
        || code == -911
        // Oracle: serialization failure, deadlock.
        || code == 8177
        || code == 60;
  }

  /** Returns whether the time of a statement is over. */
  static boolean isTimeout(SQLException e) {
    int code = e.getErrorCode();
    return e instanceof SQLTimeoutException
        || "57014".equals(e.getSQLState())
        // Oracle; MySQL.
        || code == 1013
        || code == 3024;
  }

  /** Returns whether the transaction has failed before, so that its commit is a rollback. */
  static boolean isOfFailedTransaction(SQLException e) {
    return "25P02".equals(e.getSQLState());
  }

  /** Returns whether the transaction is read-only, so that it has changed nothing. */
  static boolean isOfReadOnlyTransaction(SQLException e) {
    return "25006".equals(e.getSQLState());
  }
}
