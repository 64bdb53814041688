package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exceptions of a real H2, through plain JDBC. */
class H2Test {

  private static final String URL = "jdbc:h2:mem:classified";

  private Connection connection;

  @BeforeEach
  void createTables() throws SQLException {
    connection = DriverManager.getConnection(URL);
    execute("create table customer (id int primary key, email varchar(8) not null unique)");
    execute(
        "create table orders (id int primary key, customer int references customer,"
            + " amount int check (amount > 0))");
    execute("insert into customer values (1, 'a@x'), (2, 'b@x')");
    execute("insert into orders values (1, 1, 10)");
  }

  @AfterEach
  void dropEverything() throws SQLException {
    execute("shutdown");
  }

  @Test
  void samePrimaryKeyIsDuplicate() {
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOfWhat("insert into customer values (1, 'c@x')"));
  }

  @Test
  void sameUniqueColumnIsDuplicate() {
    assertEquals(
        ConflictKind.DUPLICATE_KEY, kindOfWhat("update customer set email = 'a@x' where id = 2"));
  }

  @Test
  void deletedParentIsStillReferenced() {
    assertEquals(ConflictKind.STILL_REFERENCED, kindOfWhat("delete from customer where id = 1"));
  }

  @Test
  void childWithoutParentMissesReference() {
    assertEquals(
        ConflictKind.MISSING_REFERENCE, kindOfWhat("insert into orders values (2, 99, 10)"));
  }

  @Test
  void nullIsNoConflict() {
    assertNull(kindOfWhat("insert into customer values (3, null)"));
  }

  @Test
  void violatedCheckIsNoConflict() {
    assertNull(kindOfWhat("insert into orders values (2, 1, 0)"));
  }

  @Test
  void tooLongValueIsNoConflict() {
    assertNull(kindOfWhat("insert into customer values (3, 'much.too.long@x')"));
  }

  @Test
  void existingTableIsNoConflict() {
    assertNull(kindOfWhat("create table customer (id int)"));
  }

  @Test
  void rowThatStaysLockedIsLocked() throws SQLException {
    connection.setAutoCommit(false);
    execute("update customer set email = 'c@x' where id = 1");
    try (Connection other = DriverManager.getConnection(URL);
        Statement statement = other.createStatement()) {
      statement.execute("set lock_timeout 20");
      assertEquals(
          ConflictKind.LOCKED,
          Classified.kindOfWhat(
              () -> statement.execute("update customer set email = 'd@x' where id = 1")));
    }
  }

  @Test
  void cancelledStatementIsNoConflictThoughItsClassIsThatOfLockTimeout() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set query_timeout 20");
      SQLException thrown =
          assertThrows(
              SQLException.class,
              () ->
                  statement.execute(
                      "select count(*) from system_range(1, 100000000000) where mod(x, 7) = 8"));
      assertInstanceOf(SQLTimeoutException.class, thrown);
      assertNull(kindOf(thrown));
      statement.execute("set query_timeout 0");
    }
  }

  @Test
  void rowChangedSinceTheSnapshotIsTransient() throws SQLException {
    try (Connection reader = DriverManager.getConnection(URL);
        Statement statement = reader.createStatement()) {
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      reader.setAutoCommit(false);
      statement.executeQuery("select * from customer where id = 1").next();
      execute("update customer set email = 'c@x' where id = 1");
      assertEquals(
          ConflictKind.TRANSIENT,
          Classified.kindOfWhat(
              () -> statement.execute("update customer set email = 'd@x' where id = 1")));
    }
  }

  @Test
  void victimOfDeadlockIsTransient() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<@Nullable SQLException>> outcomes =
          List.of(
              threads.submit(updatesInOrder(1, 2, bothHoldOne)),
              threads.submit(updatesInOrder(2, 1, bothHoldOne)));
      SQLException first = outcomes.get(0).get(30, SECONDS);
      SQLException victim = first == null ? outcomes.get(1).get(30, SECONDS) : first;
      assertNotNull(victim);
      assertEquals(ConflictKind.TRANSIENT, kindOf(victim));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void batchIsWhatItsFirstFailureIs() throws SQLException {
    try (PreparedStatement batch =
        connection.prepareStatement("insert into customer values (?, ?)")) {
      for (int id : new int[] {7, 1, 8}) {
        batch.setInt(1, id);
        batch.setString(2, id + "@x");
        batch.addBatch();
      }
      BatchUpdateException thrown = assertThrows(BatchUpdateException.class, batch::executeBatch);
      assertNull(thrown.getCause());
      assertNotNull(thrown.getNextException());
      assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(thrown));
    }
  }

  private static Callable<@Nullable SQLException> updatesInOrder(
      int first, int second, CyclicBarrier bothHoldOne) {
    return () -> {
      try (Connection own = DriverManager.getConnection(URL);
          Statement statement = own.createStatement()) {
        own.setAutoCommit(false);
        statement.execute("set lock_timeout 20000");
        statement.execute("update customer set email = 'x' || id where id = " + first);
        bothHoldOne.await(20, SECONDS);
        statement.execute("update customer set email = 'y' || id where id = " + second);
        own.rollback();
        return null;
      } catch (SQLException thrown) {
        return thrown;
      }
    };
  }

  private @Nullable ConflictKind kindOfWhat(String sql) {
    return Classified.kindOfWhat(() -> execute(sql));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
