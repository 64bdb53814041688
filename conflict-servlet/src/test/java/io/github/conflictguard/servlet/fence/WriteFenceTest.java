package io.github.conflictguard.servlet.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.recorder.CommitHook;
import io.github.conflictguard.store.CounterStore;
import io.github.conflictguard.store.JdbcStore;
import io.github.conflictguard.store.StoreTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a write ends, with statements in auto-commit mode and with commits that are not seen. */
class WriteFenceTest {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";db_close_delay=-1";
  private final CommitCounts commits = new CommitCounts();
  private final JdbcStore store =
      new JdbcStore(() -> DriverManager.getConnection(url), new StoreTable(null, "cg_"), "node");

  private Connection connection;
  private WriteFence fence;

  @BeforeEach
  void begin() throws Exception {
    connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table customer (id int)");
    }
    store.check(true);
    fence = new WriteFence(store, "id", CounterStore.UNWRITTEN, true, true, commits);
    fence.prepare();
  }

  @AfterEach
  void shutDown() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("shutdown");
    }
  }

  @Test
  void readerBetweenCheckAndStatementGetsAnOlderCounter() throws Exception {
    long between = executeInAutoCommitMode();
    fence.end(false);
    assertTrue(store.read("id") > between);
    assertEquals(store.read("id"), fence.value());
  }

  @Test
  void checkedWriteThatFailsAfterwardsIsCountedAsWell() throws Exception {
    long between = executeInAutoCommitMode();
    fence.end(true);
    assertTrue(store.read("id") > between);
  }

  @Test
  void checkedWriteThatAnotherOneHasOvertakenKeepsItsOwnCounter() throws Exception {
    long between = executeInAutoCommitMode();
    long other = store.advance("id");
    fence.end(false);
    assertEquals(other, store.read("id"));
    assertEquals(between, fence.value());
  }

  @Test
  void writeWhoseCommitIsNotSeenIsReportedAsLocal() throws Exception {
    List<String> unfenced = new ArrayList<>();
    commits.onUnfenced((level, database) -> unfenced.add(level.toString()));
    fence.open();
    fence.close();
    fence.end(false);
    assertEquals(List.of("local"), unfenced);
    assertEquals(store.read("id"), fence.value());
  }

  @Test
  void writeInAnotherDatabaseIsReportedOnce() throws Exception {
    fence.open();
    try (Connection other = DriverManager.getConnection("jdbc:h2:mem:elsewhere")) {
      CommitHook.on(CommitHook.EXECUTING, other.createStatement(), "delete from customer");
    } finally {
      fence.close();
    }
    fence.end(false);
    assertEquals(Set.of("local jdbc:h2:mem:elsewhere"), commits.all().keySet());
    assertTrue(store.read("id") > CounterStore.UNWRITTEN);
  }

  @Test
  void writeThatHasStoredNothingLeavesItsRow() throws Exception {
    fence.open();
    fence.close();
    fence.end(true);
    assertEquals(CounterStore.UNWRITTEN, store.read("id"));
    WriteFence second = new WriteFence(store, "id", CounterStore.UNWRITTEN, true, true, commits);
    second.open();
    try {
      CommitHook.on(
          CommitHook.EXECUTING, connection.createStatement(), "insert into customer values (1)");
    } finally {
      second.close();
    }
    assertEquals(store.read("id"), second.value());
    assertTrue(commits.all().keySet().iterator().next().startsWith("checked "));
  }

  private long executeInAutoCommitMode() throws Exception {
    fence.open();
    try {
      CommitHook.on(
          CommitHook.EXECUTING, connection.createStatement(), "insert into customer values (7)");
    } finally {
      fence.close();
    }
    return store.read("id");
  }
}
