package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A store in a table of a database, usually that of the application. Thread-safe. */
public final class JdbcStore implements CounterStore {

  /** The maximum number of attempts of a statement that conflicts with one of another node. */
  private static final int ATTEMPTS = 5;

  /** Limits each statement: an administrator may have locked the table. */
  private static final int TIMEOUT_SECONDS = 5;

  private final ConnectionSource source;
  private final StoreTable table;
  private final String node;
  private volatile @Nullable String database;

  /**
   * Creates a store. Opens no connection.
   *
   * @param source opens connections that the store closes
   * @param node the name of this node, at most 64 characters, for the column {@code written_by}
   */
  public JdbcStore(ConnectionSource source, StoreTable table, String node) {
    this.source = source;
    this.table = table;
    this.node = node.length() > 64 ? node.substring(0, 64) : node;
  }

  /**
   * Checks whether the table can be used, and creates it if that is requested.
   *
   * @param creates whether a missing table is created
   * @throws StoreException if it cannot be used; the message contains the statement that creates it
   */
  public void check(boolean creates) throws StoreException {
    try (Connection connection = source.open()) {
      new StoreCheck(table).check(connection, creates);
      database = DatabaseAddress.of(connection);
    } catch (SQLException | RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** Returns whether the table was checked successfully. */
  public boolean isChecked() {
    return database != null;
  }

  @Override
  public long read(String id) throws StoreException {
    return own(connection -> select(connection, id));
  }

  @Override
  public boolean ensure(String id) throws StoreException {
    if (exists(id)) {
      return false;
    }
    try {
      insert(id);
      return true;
    } catch (StoreException e) {
      if (exists(id)) {
        return false; // Another node has inserted it.
      }
      throw e;
    }
  }

  @Override
  public long advance(String id) throws StoreException {
    ensure(id);
    return own(
        connection ->
            OwnStatements.inTransaction(
                connection,
                () -> {
                  update(connection, id);
                  return select(connection, id);
                }));
  }

  @Override
  public long advanceFrom(String id, long expected) throws StoreException {
    long next = CounterStore.after(expected);
    return own(connection -> update(connection, id, expected, next) ? next : expected);
  }

  @Override
  public boolean isIn(Connection connection) throws SQLException {
    String own = database;
    return own != null && own.equals(DatabaseAddress.of(connection));
  }

  @Override
  public boolean advance(Connection connection, String id, long expected, long next)
      throws SQLException {
    return OwnStatements.withLoaderOf(connection, () -> update(connection, id, expected, next));
  }

  @Override
  public boolean advance(Connection connection, String id) throws SQLException {
    return OwnStatements.withLoaderOf(connection, () -> update(connection, id));
  }

  private long select(Connection connection, String id) throws SQLException {
    try (PreparedStatement select = prepare(connection, table.select())) {
      select.setString(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : UNWRITTEN;
      }
    }
  }

  private boolean update(Connection connection, String id, long expected, long next)
      throws SQLException {
    try (PreparedStatement update = prepare(connection, table.compareAndAdvance())) {
      update.setLong(1, next);
      update.setLong(2, System.currentTimeMillis());
      update.setString(3, node);
      update.setString(4, id);
      update.setLong(5, expected);
      return update.executeUpdate() == 1;
    }
  }

  private boolean update(Connection connection, String id) throws SQLException {
    long now = System.currentTimeMillis();
    try (PreparedStatement update = prepare(connection, table.advance())) {
      update.setLong(1, now);
      update.setLong(2, now);
      update.setLong(3, now);
      update.setString(4, node);
      update.setString(5, id);
      return update.executeUpdate() == 1;
    }
  }

  private boolean exists(String id) throws StoreException {
    return own(
        connection -> {
          try (PreparedStatement select = prepare(connection, table.select())) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
              return rows.next();
            }
          }
        });
  }

  private void insert(String id) throws StoreException {
    own(
        connection -> {
          try (PreparedStatement insert = prepare(connection, table.insert())) {
            insert.setString(1, id);
            insert.setLong(2, System.currentTimeMillis());
            return insert.executeUpdate();
          }
        });
  }

  /** Runs work on the store's own connection, again after a conflict with another node. */
  private <T> T own(Work<T> work) throws StoreException {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = source.open()) {
        return OwnStatements.withLoaderOf(connection, () -> run(connection, work));
      } catch (SQLException | RuntimeException e) {
        if (!isWorthAnotherTry(e) || attempt == ATTEMPTS || !pause(attempt)) {
          throw unavailable(e);
        }
      }
    }
  }

  /** Not after a timeout: the request waits. */
  private static boolean isWorthAnotherTry(Exception e) {
    return e instanceof SQLException
        && Failures.isConflict((SQLException) e)
        && !Failures.isTimeout((SQLException) e);
  }

  private static <T> T run(Connection connection, Work<T> work) throws SQLException {
    if (connection.getAutoCommit()) {
      return work.run(connection);
    }
    boolean done = false;
    try {
      T result = work.run(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback();
      }
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
    } catch (SQLFeatureNotSupportedException e) {
      return statement; // Without a limit.
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
    return statement;
  }

  private static boolean pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(10L << attempt));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private StoreException unavailable(Exception e) {
    return new StoreException(
        "the store (table " + table.name() + ") cannot be used: " + e.getMessage(), e, true);
  }

  /** Opens connections. */
  @FunctionalInterface
  public interface ConnectionSource {

    /** Opens a connection. */
    Connection open() throws SQLException;
  }

  /** Work on a connection. */
  @FunctionalInterface
  private interface Work<T> {

    T run(Connection connection) throws SQLException;
  }
}
