package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Checks at the start whether the table of a store exists, is complete and may be changed. */
final class StoreCheck {

  private final StoreTable table;

  StoreCheck(StoreTable table) {
    this.table = table;
  }

  /**
   * Checks the table.
   *
   * @param creates whether a missing table is created
   */
  void check(Connection connection, boolean creates) throws StoreException, SQLException {
    String product = String.valueOf(connection.getMetaData().getDatabaseProductName());
    String ddl = StoreDialect.of(product).createTable(table.name());
    String[] probes = table.probes();
    if (creates && failure(connection, probes[0]) != null) {
      create(connection, ddl);
    }
    for (int i = 0; i < probes.length; i++) {
      SQLException failure = failure(connection, probes[i]);
      if (failure != null) {
        throw new StoreException(
            "the store's table "
                + table.name()
                + reasons()[i]
                + ddl
                + "\n\nThe database "
                + product
                + " reports: "
                + failure.getMessage(),
            failure,
            false);
      }
    }
  }

  private static String[] reasons() {
    return new String[] {
      " does not exist in the database, or may not be read. Create it, and grant SELECT, INSERT"
          + " and UPDATE to the user of the data source; or set \"createTables\": true.\n\n",
      " is incomplete: another version may have created it. Add the missing columns, or rename it and"
          + " create a new one while no node runs.\n\n",
      " may not be changed. Grant UPDATE to the user of the data source. It was created by\n\n",
      " may not be extended. Grant INSERT to the user of the data source. It was created by\n\n"
    };
  }

  /** Two nodes may create the table at the same time: the probes decide what counts. */
  private static void create(Connection connection, String ddl) throws SQLException {
    boolean automatic = connection.getAutoCommit();
    try (Statement statement = connection.createStatement()) {
      statement.execute(ddl);
      if (!automatic) {
        connection.commit();
      }
    } catch (SQLException e) {
      if (!automatic) {
        connection.rollback();
      }
    }
  }

  /** Runs a statement that changes nothing; returns its failure, or null if there is none. */
  private static @Nullable SQLException failure(Connection connection, String probe)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(probe);
      return null;
    } catch (SQLException e) {
      return e;
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback(); // PostgreSQL executes nothing after a failure.
      }
    }
  }
}
