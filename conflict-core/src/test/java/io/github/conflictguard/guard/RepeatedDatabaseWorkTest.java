package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
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

  private static final String URL = "jdbc:h2:mem:repeated;LOCK_TIMEOUT=1";

  private Connection keeper;

  @BeforeEach
  void twoAccounts() throws SQLException {
    keeper = DriverManager.getConnection(URL);
    execute(keeper, "CREATE TABLE account(id INT PRIMARY KEY, amount INT)");
    execute(keeper, "INSERT INTO account VALUES (1, 100), (2, 100)");
  }

  @AfterEach
  void close() throws SQLException {
    execute(keeper, "SHUTDOWN");
  }

  @Test
  void aLockThatAnotherTransactionGivesBackIsGot() throws Exception {
    Connection other = DriverManager.getConnection(URL);
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
              return transfer(1, 2, () -> {});
            },
            policy,
            new Attempts(policy, "code", timing, () -> false));
    assertEquals(2, written);
    assertEquals(List.of("work", "wait", "work"), order);
    assertEquals(100, sum());
  }

  @Test
  void aLockThatIsNotGivenBackIsTheAnswer() throws Exception {
    try (Connection other = DriverManager.getConnection(URL)) {
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
                        transfer(1, 2, () -> {});
                      }));
      assertEquals(ConflictKind.LOCKED, conflict.kind());
      assertEquals(3, runs.get());
      other.rollback();
    }
  }

  /** Both have taken their first row before either asks for its second: one must be given up. */
  @Test
  void theVictimOfADeadlockRunsAgainAndNothingIsLost() throws Exception {
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
    assertEquals(200, sum());
  }

  /** Takes ten from one account for another, in a transaction. */
  private static int transfer(int from, int to, InBetween inBetween) throws Exception {
    try (Connection connection = DriverManager.getConnection(URL)) {
      connection.setAutoCommit(false);
      int written =
          execute(connection, "UPDATE account SET amount = amount - 10 WHERE id = " + from);
      inBetween.happens();
      written += execute(connection, "UPDATE account SET amount = amount + 10 WHERE id = " + to);
      connection.commit();
      return written;
    }
  }

  private int sum() throws SQLException {
    try (Statement statement = keeper.createStatement();
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
