package io.github.conflictguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.store.JdbcStore.ConnectionSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store in H2, and what is wrong with its table. */
class H2StoreTest extends CounterStoreContract {

  private static final String URL = "jdbc:h2:mem:store;db_close_delay=-1";
  private static final StoreTable TABLE = new StoreTable(null, "cg_");

  private final JdbcStore store = new JdbcStore(() -> connect("sa"), TABLE, "node");
  private final List<Boolean> automatic = new ArrayList<>();
  private ConnectionSource driver;

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
  void valueOfAnAdvancedCounterIsReadInTheTransactionThatAdvancesIt() throws Exception {
    store.ensure("advanced");
    List<String> modes = new ArrayList<>();
    store(sql -> modes.add(sql.substring(0, 6))).advance("advanced");
    assertTrue(modes.containsAll(List.of("UPDATE", "SELECT")), modes.toString());
    assertEquals(
        List.of(false, false),
        automatic.subList(automatic.size() - 2, automatic.size()),
        modes.toString());
  }

  @Test
  void statementsRunWithTheClassLoaderOfTheDriver() throws Exception {
    List<ClassLoader> loaders = new ArrayList<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    JdbcStore seen = store(sql -> loaders.add(Thread.currentThread().getContextClassLoader()));
    seen.advance("loader");
    seen.advanceFrom("loader", 0);
    try (Connection connection = driver.open()) {
      seen.advance(connection, "loader");
      seen.advance(connection, "loader", 0, 1);
      assertEquals(Set.of(connection.getClass().getClassLoader()), Set.copyOf(loaders));
    }
    assertSame(before, Thread.currentThread().getContextClassLoader());
    assertNotSame(before, loaders.get(0));
  }

  @Test
  void namesOfTablesAreIdentifiers() {
    assertThrows(IllegalArgumentException.class, () -> new StoreTable(null, "x; drop table y"));
    assertThrows(IllegalArgumentException.class, () -> new StoreTable("a.b", "cg_"));
  }

  /** Returns a store whose connections belong to another class loader, and report statements. */
  private JdbcStore store(Consumer<String> listener) {
    ClassLoader loader = new URLClassLoader(new URL[0], H2StoreTest.class.getClassLoader());
    driver =
        () -> {
          Connection connection = connect("sa");
          InvocationHandler calls =
              (proxy, method, arguments) -> {
                if (method.getName().equals("prepareStatement")) {
                  automatic.add(connection.getAutoCommit());
                  listener.accept((String) arguments[0]);
                }
                return method.invoke(connection, arguments);
              };
          return (Connection)
              Proxy.newProxyInstance(loader, new Class<?>[] {Connection.class}, calls);
        };
    return new JdbcStore(driver, TABLE, "node");
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
