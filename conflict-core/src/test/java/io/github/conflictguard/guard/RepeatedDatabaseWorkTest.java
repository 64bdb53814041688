package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real conflicts of a real database, overcome by running the work again. */
class RepeatedDatabaseWorkTest {

  private static final String H2 = "jdbc:h2:mem:repeated;LOCK_TIMEOUT=1";

  /** H2 tells now and then both sides of a deadlock that they fail, one of them for no reason. */
  private static final String DERBY = "jdbc:derby:memory:repeated";

  private Connection keeper;

  @BeforeEach
  void twoAccounts() throws SQLException {
    keeper = DriverManager.getConnection(H2);
    createAccounts(keeper);
  }

  @AfterEach
  void close() throws SQLException {
    execute(keeper, "SHUTDOWN");
  }

  @Test
  void aLockThatAnotherTransactionGivesBackIsGot() throws Exception {
    Connection other = DriverManager.getConnection(H2);
    other.setAutoCommit(false);
    execute(other, "UPDATE account SET amount = 0 WHERE id = 1");
    GuardPolicy policy = GuardPolicy.builder().retry(3).build();
    List<String> order = new ArrayList<>();
    FakeTiming timing =
        new FakeTiming() {
          @Override
          public void sleep(long millis) {
            order.add("wait");
            try {
              other.commit();
            } catch (SQLException e) {
              throw new AssertionError(e);
            }
          }
        };
    int written =
        ConflictGuard.call(
            () -> {
              order.add("work");
              return transfer(H2, 1, 2, () -> {});
            },
            policy,
            new Attempts(policy, "code", timing, () -> false));
    assertEquals(2, written);
    assertEquals(List.of("work", "wait", "work"), order);
    assertEquals(100, sum(keeper));
  }

  @Test
  void aLockThatIsNotGivenBackIsTheAnswer() throws Exception {
    try (Connection other = DriverManager.getConnection(H2)) {
      other.setAutoCommit(false);
      execute(other, "UPDATE account SET amount = 0 WHERE id = 1");
      GuardPolicy policy = GuardPolicy.builder().retry(3, 0, 0, 0, 60_000).build();
      AtomicInteger runs = new AtomicInteger();
      ConflictException conflict =
          assertThrows(
              ConflictException.class,
              () ->
                  ConflictGuard.run(
                      policy,
                      () -> {
                        runs.incrementAndGet();
                        transfer(H2, 1, 2, () -> {});
                      }));
      assertEquals(ConflictKind.LOCKED, conflict.kind());
      assertEquals(3, runs.get());
      other.rollback();
    }
  }

  /** Both have taken their first row before either asks for its second: one must be given up. */
  @Test
  void theVictimOfADeadlockRunsAgainAndNothingIsLost() throws Exception {
    Connection derby = DriverManager.getConnection(DERBY + ";create=true");
    createAccounts(derby);
    try (CallableStatement patience =
        derby.prepareCall("CALL syscs_util.syscs_set_database_property(?, '1')")) {
      patience.setString(1, "derby.locks.deadlockTimeout");
      patience.execute();
    }
    GuardPolicy policy = GuardPolicy.builder().retry(20, 1, 20, 1, 60_000).build();
    CyclicBarrier met = new CyclicBarrier(2);
    AtomicInteger runs = new AtomicInteger();
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<Integer>> work = new ArrayList<>();
    for (int[] way : new int[][] {{1, 2}, {2, 1}}) {
      boolean[] first = {true};
      work.add(
          two.submit(
              () ->
                  ConflictGuard.call(
                      policy,
                      () -> {
                        runs.incrementAndGet();
                        return transfer(
                            DERBY,
                            way[0],
                            way[1],
                            () -> {
                              if (first[0]) {
                                first[0] = false;
                                met.await();
                              }
                            });
                      })));
    }
    for (Future<Integer> done : work) {
      assertEquals(2, done.get());
    }
    two.shutdown();
    assertTrue(runs.get() > 2, "one of them was the victim");
    assertEquals(200, sum(derby));
    derby.close();
    assertThrows(SQLException.class, () -> DriverManager.getConnection(DERBY + ";drop=true"));
  }

  private static void createAccounts(Connection connection) throws SQLException {
    execute(connection, "CREATE TABLE account(id INT NOT NULL PRIMARY KEY, amount INT)");
    execute(connection, "INSERT INTO account VALUES (1, 100), (2, 100)");
  }

  /** Takes ten from one account for another, in a transaction. */
  private static int transfer(String url, int from, int to, InBetween inBetween) throws Exception {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      int written =
          execute(connection, "UPDATE account SET amount = amount - 10 WHERE id = " + from);
      inBetween.happens();
      written += execute(connection, "UPDATE account SET amount = amount + 10 WHERE id = " + to);
      connection.commit();
      return written;
    }
  }

  private static int sum(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet sum = statement.executeQuery("SELECT SUM(amount) FROM account")) {
      sum.next();
      return sum.getInt(1);
    }
  }

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private interface InBetween {

    void happens() throws Exception;
  }
}
