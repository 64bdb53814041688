package io.github.conflictguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store in H2, and what is wrong with its table. */
class H2StoreTest extends CounterStoreContract {

  private static final String URL = "jdbc:h2:mem:store;db_close_delay=-1";
  private static final StoreTable TABLE = new StoreTable(null, "cg_");

  private final JdbcStore store = new JdbcStore(() -> connect("sa"), TABLE, "node");

  @BeforeEach
  void createTable() throws Exception {
    connect().close(); // From now on the database remains.
    store.check(true);
  }

  @Override
  protected CounterStore store() {
    return store;
  }

  @Override
  protected Connection connect() throws Exception {
    return DriverManager.getConnection(URL, "sa", "");
  }

  @Test
  void missingTableIsReportedWithItsStatement() throws Exception {
    StoreTable other = new StoreTable("PUBLIC", "other_");
    JdbcStore missing = new JdbcStore(() -> connect("sa"), other, "node");
    String message = assertThrows(StoreException.class, () -> missing.check(false)).getMessage();

    assertTrue(message.contains("does not exist"), message);
    assertTrue(message.contains(StoreDialect.H2.createTable("PUBLIC.other_resource")), message);
    run(StoreDialect.H2.createTable("PUBLIC.other_resource"));
    missing.check(false);
    run("drop table other_resource");
  }

  @Test
  void tableOfAnotherVersionIsReported() throws Exception {
    run("create table old_resource (id varchar(64) primary key, writes bigint not null)");
    JdbcStore old = new JdbcStore(() -> connect("sa"), new StoreTable(null, "old_"), "node");
    String message = assertThrows(StoreException.class, () -> old.check(true)).getMessage();
    run("drop table old_resource");

    assertTrue(message.contains("is incomplete"), message);
    assertTrue(message.contains("held_until"), message);
  }

  @Test
  void missingRightsAreReported() throws Exception {
    run("create user if not exists reader password ''");
    run("grant select on cg_resource to reader");
    JdbcStore reader = new JdbcStore(() -> connect("reader"), TABLE, "node");
    String message = assertThrows(StoreException.class, () -> reader.check(false)).getMessage();

    assertTrue(message.contains("Grant UPDATE"), message);
  }

  @Test
  void anotherDatabaseIsNotTheStore() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:h2:mem:other")) {
      assertFalse(store.isIn(other));
    }
  }

  @Test
  void connectionsWithoutAutoCommitAreCommitted() throws Exception {
    JdbcStore manual =
        new JdbcStore(
            () -> {
              Connection connection = connect("sa");
              connection.setAutoCommit(false);
              return connection;
            },
            TABLE,
            "node");
    manual.check(false);

    assertEquals(manual.advance("manual"), store.read("manual"));
  }

  @Test
  void namesOfTablesAreIdentifiers() {
    assertThrows(IllegalArgumentException.class, () -> new StoreTable(null, "x; drop table y"));
    assertThrows(IllegalArgumentException.class, () -> new StoreTable("a.b", "cg_"));
  }

  private static Connection connect(String user) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:store", user, "");
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
