package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Statements of a store on a connection.
 *
 * @param <T> the type of their result
 */
@FunctionalInterface
interface OwnStatements<T> {

  /** Runs the statements. */
  T run() throws SQLException;

  /**
   * Runs a statement. Drivers may start a thread for its timeout, which inherits the context class
   * loader: that of an application would stay reachable.
   */
  static <T> T withLoaderOf(Connection connection, OwnStatements<T> statements)
      throws SQLException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(connection.getClass().getClassLoader());
    try {
      return statements.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** In auto-commit mode another node could write between two statements. */
  static <T> T inTransaction(Connection connection, OwnStatements<T> statements)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      return statements.run();
    }
    connection.setAutoCommit(false);
    try {
      T result = statements.run();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
