package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.MISSING_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.conflictguard.classify.ConflictClassifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same scenarios on each database that runs inside the tests, through plain JDBC. */
@ParameterizedClass
@MethodSource("io.github.conflictguard.conflict.Product#here")
class DatabasesTest {

  private final Product product;
  private final List<Connection> connections = new ArrayList<>();
  private Connection connection;

  DatabasesTest(Product product) {
    this.product = product;
  }

  @BeforeEach
  void createTables() throws SQLException {
    product.start();
    connection = connect();
    for (String table : List.of("later", "orders", "customer")) {
      try {
        execute("drop table " + table);
      } catch (SQLException notThere) {
        // the first time
      }
    }
    execute(
        "create table customer (id int not null primary key, email varchar(60) not null,"
            + " constraint uq_email unique (email))");
    execute(
        "create table orders (id int not null primary key, customer int, amount int,"
            + " constraint fk_customer foreign key (customer) references customer (id),"
            + " constraint ck_amount check (amount > 0))");
    execute("insert into customer values (1, 'a@x')");
    execute("insert into customer values (2, 'b@x')");
    execute("insert into orders values (1, 1, 10)");
  }

  @AfterEach
  void closeConnections() throws SQLException {
    for (Connection open : connections) {
      if (!open.getAutoCommit()) {
        open.rollback();
      }
      open.close();
    }
  }

  @Test
  void samePrimaryKeyIsDuplicate() {
    assertEquals(DUPLICATE_KEY, kindOf("insert into customer values (1, 'c@x')"));
  }

  @Test
  void sameUniqueColumnIsDuplicateAndNamesItsConstraint() {
    Conflict conflict = conflictOf("update customer set email = 'a@x' where id = 2");

    assertEquals(DUPLICATE_KEY, conflict.kind());
    assertEquals(product.uniqueConstraint(), lowerCase(conflict.constraint()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c' for key 'uq_fake",
        "for key 'uq_fake'",
        "\" violates unique constraint \"uq_fake\"",
        "\": \"PUBLIC.UQ_FAKE ON PUBLIC.X",
        "violation: x; UQ_FAKE table: X",
        "' identified by 'UQ_FAKE' defined on 'X'",
        "constraint 'uq_fake' with unique index 'uq_fake'",
        "(UNIQUE constraint failed: fake.fake)",
        "\nERROR: duplicate key constraint \"uq_fake\"",
      })
  void valueThatImitatesTheMessageIsNotTakenForTheName(String value) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into customer values (?, ?)")) {
      insert.setString(2, value);
      insert.setInt(1, 10);
      insert.executeUpdate();
      insert.setInt(1, 11);
      Conflict conflict = conflictIn(assertThrows(SQLException.class, insert::executeUpdate));

      assertEquals(DUPLICATE_KEY, conflict.kind());
      assertEquals(product.uniqueConstraint(), lowerCase(conflict.constraint()));
    }
  }

  @Test
  void deletedParentIsStillReferenced() {
    Conflict conflict = conflictOf("delete from customer where id = 1");

    boolean told = product.tellsSidesOfReferences();
    assertEquals(told ? STILL_REFERENCED : BROKEN_REFERENCE, conflict.kind());
    assertEquals(told ? "fk_customer" : null, lowerCase(conflict.constraint()));
  }

  @Test
  void childWithoutParentMissesReference() {
    Conflict conflict = conflictOf("insert into orders values (2, 99, 10)");

    boolean told = product.tellsSidesOfReferences();
    assertEquals(told ? MISSING_REFERENCE : BROKEN_REFERENCE, conflict.kind());
    assertEquals(told ? "fk_customer" : null, lowerCase(conflict.constraint()));
  }

  @Test
  void nullIsNoConflict() {
    assertNull(kindOf("insert into customer values (3, null)"));
  }

  @Test
  void violatedCheckIsNoConflict() {
    assertNull(kindOf("insert into orders values (2, 1, 0)"));
  }

  @Test
  void tooLongValueIsNoConflict() {
    assumeTrue(product.measuresLengths());
    assertNull(kindOf("insert into customer values (3, '" + "x".repeat(61) + "')"));
  }

  @Test
  void existingTableIsNoConflict() {
    assertNull(kindOf("create table customer (id int)"));
  }

  @Test
  void unknownColumnIsNoConflict() {
    assertNull(kindOf("update customer set phone = 1"));
  }

  @Test
  void batchIsWhatItsFirstFailureIs() throws SQLException {
    assumeTrue(product.explainsBatches());
    try (PreparedStatement batch =
        connection.prepareStatement("insert into customer values (?, ?)")) {
      for (int id : new int[] {7, 1, 8}) {
        batch.setInt(1, id);
        batch.setString(2, id + "@x");
        batch.addBatch();
      }
      assertEquals(
          DUPLICATE_KEY, conflictIn(assertThrows(SQLException.class, batch::executeBatch)).kind());
    }
  }

  @Test
  void rowThatStaysLockedIsLocked() throws SQLException {
    assumeTrue(product.givesUpWaiting());
    connection.setAutoCommit(false);
    execute("update customer set email = 'c@x' where id = 1");
    Connection other = connect();
    product.impatient(other);
    SQLException thrown =
        assertThrows(
            SQLException.class,
            () -> Product.run(other, "update customer set email = 'd@x' where id = 1"));

    assertEquals(LOCKED, conflictIn(thrown).kind());
  }

  @Test
  void victimOfDeadlockIsTransient() throws Exception {
    assumeTrue(product.locksRows());
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<@Nullable SQLException>> outcomes =
          List.of(
              threads.submit(updatesInOrder(1, 2, bothHoldOne)),
              threads.submit(updatesInOrder(2, 1, bothHoldOne)));
      SQLException first = outcomes.get(0).get(30, SECONDS);
      SQLException second = outcomes.get(1).get(30, SECONDS);
      SQLException victim = first == null ? second : first;
      assertNotNull(victim);
      assertEquals(TRANSIENT, conflictIn(victim).kind());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void rowChangedSinceTheSnapshotIsTransient() throws SQLException {
    assumeTrue(product.noticesStaleSnapshots());
    Connection reader = connect();
    product.isolate(reader);
    reader.setAutoCommit(false);
    try (Statement select = reader.createStatement();
        var row = select.executeQuery("select email from customer where id = 1")) {
      row.next();
      row.getString(1);
    }
    execute("update customer set email = 'c@x' where id = 1");
    SQLException thrown =
        assertThrows(
            SQLException.class,
            () -> Product.run(reader, "update customer set email = 'd@x' where id = 1"));

    assertEquals(TRANSIENT, conflictIn(thrown).kind());
  }

  @Test
  void transactionsThatCannotBePutInOrderAreTransient() throws SQLException {
    assumeTrue(product.ordersTransactions());
    List<Connection> both = List.of(connect(), connect());
    for (Connection each : both) {
      each.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      each.setAutoCommit(false);
      Product.run(each, "select count(*) from customer");
    }
    Product.run(both.get(0), "insert into customer values (8, '8@x')");
    Product.run(both.get(1), "insert into customer values (9, '9@x')");
    both.get(0).commit();

    assertEquals(
        TRANSIENT, conflictIn(assertThrows(SQLException.class, both.get(1)::commit)).kind());
  }

  @Test
  void constraintCheckedAtTheCommitIsFoundThere() throws SQLException {
    assumeTrue(product.defersConstraints());
    execute(
        "create table later (id int not null primary key, customer int,"
            + " constraint fk_later foreign key (customer) references customer (id)"
            + " deferrable initially deferred)");
    connection.setAutoCommit(false);
    execute("insert into later values (1, 99)");
    Conflict conflict = conflictIn(assertThrows(SQLException.class, connection::commit));

    assertEquals(product.deferredReference(), conflict.kind());
  }

  private Callable<@Nullable SQLException> updatesInOrder(
      int first, int second, CyclicBarrier bothHoldOne) {
    return () -> {
      try (Connection own = product.connect()) {
        product.patient(own);
        own.setAutoCommit(false);
        Product.run(own, "update customer set email = 'x" + first + "' where id = " + first);
        bothHoldOne.await(20, SECONDS);
        try {
          Product.run(own, "update customer set email = 'y" + second + "' where id = " + second);
          return null;
        } catch (SQLException thrown) {
          return thrown;
        } finally {
          own.rollback();
        }
      }
    };
  }

  private @Nullable ConflictKind kindOf(String sql) {
    return Classified.kindOf(assertThrows(SQLException.class, () -> execute(sql)));
  }

  private Conflict conflictOf(String sql) {
    return conflictIn(assertThrows(SQLException.class, () -> execute(sql)));
  }

  private static Conflict conflictIn(SQLException thrown) {
    Conflict conflict = ConflictClassifiers.standard().conflictIn(thrown);
    assertNotNull(
        conflict,
        () -> thrown + ", state " + thrown.getSQLState() + ", code " + thrown.getErrorCode());
    return conflict;
  }

  private static @Nullable String lowerCase(@Nullable String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  private Connection connect() throws SQLException {
    Connection opened = product.connect();
    connections.add(opened);
    return opened;
  }

  private void execute(String sql) throws SQLException {
    Product.run(connection, sql);
  }
}
