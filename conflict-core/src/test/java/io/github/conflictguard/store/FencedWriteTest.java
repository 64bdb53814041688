package io.github.conflictguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.recorder.CommitHook;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hook's events mean for a write, with drivers that report them in this order. */
class FencedWriteTest {

  private static final String UPDATE = "update account set amount = 1";
  private static final String READ = "select amount from account";

  private final OneDatabase store = new OneDatabase();
  private final List<String> reports = new ArrayList<>();
  private final XAResource resource =
      (XAResource)
          Proxy.newProxyInstance(
              FencedWriteTest.class.getClassLoader(),
              new Class<?>[] {XAResource.class},
              (proxy, method, arguments) -> null);

  private Connection connection;
  private FencedWrite write;

  @BeforeEach
  void open() throws SQLException {
    connection = connect();
    store.ensure("id");
    write = FencedWrite.from(store, "id", CounterStore.UNWRITTEN, true, new Reports());
    write.open();
  }

  @AfterEach
  void close() throws SQLException {
    write.close();
    connection.close();
  }

  @Test
  void readThatIsPreparedAfterAWriteIsNoChange() throws SQLException {
    prepare(UPDATE);
    PreparedStatement read = prepare(READ);
    execute(read, null);
    commit();
    assertEquals(List.of(), reports);
    assertFalse(write.hasReported());
  }

  @Test
  void readThatIsPreparedAfterAFailedPreparationIsNoChange() throws SQLException {
    CommitHook.on(CommitHook.PREPARING, connection, UPDATE);
    commit();
    PreparedStatement read = prepare(READ);
    execute(read, null);
    commit();
    assertEquals(List.of(), reports);
  }

  @Test
  void writeThatAWrapperPreparesIsAChangeOfEachLayer() throws SQLException {
    CommitHook.on(CommitHook.PREPARING, connection, UPDATE);
    PreparedStatement inner = prepare(READ);
    CommitHook.on(CommitHook.PREPARED, connection.prepareStatement(UPDATE), null);
    execute(inner, null);
    commit();
    assertEquals(List.of("fenced"), reports);
    assertTrue(write.hasReported());
  }

  @Test
  void commitIsTriedAgainAfterAPassingConflict() throws SQLException {
    store.failure = new SQLException("deadlock", "40001");
    change();
    assertThrows(SQLTransactionRollbackException.class, this::commit);
    assertNotNull(write.refusal());
    change();
    commit();
    assertNull(write.refusal());
    assertTrue(write.isAdvanced());
    assertEquals(List.of("fenced"), reports);
  }

  @Test
  void commitOfAStaleWriteIsRefusedEachTime() throws SQLException {
    store.advance("id");
    change();
    assertThrows(SQLTransactionRollbackException.class, this::commit);
    change();
    assertThrows(SQLTransactionRollbackException.class, this::commit);
    assertNotNull(write.refusal());
    assertFalse(write.isAdvanced());
  }

  @Test
  void commitThatAnEarlierOneOfTheRequestPreventsIsReported() throws SQLException {
    change();
    commit();
    store.failure = new SQLException("changed since the snapshot", "40001");
    change();
    assertThrows(SQLTransactionRollbackException.class, this::commit);
    assertEquals(List.of("fenced", "overlapped"), reports);
  }

  @Test
  void statementInAutoCommitModeIsCheckedOnly() throws SQLException {
    connection.setAutoCommit(true);
    change();
    assertTrue(write.isLastChecked());
    assertEquals(List.of("checked"), reports);
  }

  @Test
  void branchIsCheckedInTheDatabaseOfTheStore() throws SQLException {
    try (Connection other = connect()) {
      store.only = connection;
      Branch branch = new Branch(1);
      CommitHook.on(CommitHook.STARTED_BRANCH, resource, null);
      change();
      execute(other.createStatement(), UPDATE);
      CommitHook.ending(resource, branch, XAResource.TMSUCCESS);
      CommitHook.on(CommitHook.COMMITTED_BRANCH, resource, null);
    }
    assertEquals(List.of("fenced"), reports);
  }

  @Test
  void suspendedBranchIsCheckedWhenItEnds() throws SQLException {
    CommitHook.on(CommitHook.STARTED_BRANCH, resource, null);
    change();
    CommitHook.ending(resource, new Branch(1), XAResource.TMSUSPEND);
    CommitHook.on(CommitHook.STARTED_BRANCH, resource, null);
    CommitHook.ending(resource, new Branch(2), XAResource.TMSUCCESS);
    CommitHook.on(CommitHook.COMMITTED_BRANCH, resource, null);
    assertEquals(List.of(), reports, "the other branch has changed nothing");
    store.advance("id");
    assertThrows(
        XAException.class, () -> CommitHook.ending(resource, new Branch(1), XAResource.TMSUCCESS));
  }

  @Test
  void failedBranchIsNotChecked() throws SQLException {
    CommitHook.on(CommitHook.STARTED_BRANCH, resource, null);
    change();
    CommitHook.ending(resource, new Branch(1), XAResource.TMFAIL);
    CommitHook.on(CommitHook.ROLLED_BACK_BRANCH, resource, null);
    CommitHook.on(CommitHook.STARTED_BRANCH, resource, null);
    CommitHook.ending(resource, new Branch(2), XAResource.TMSUCCESS);
    CommitHook.on(CommitHook.COMMITTED_BRANCH, resource, null);
    assertEquals(List.of(), reports);
  }

  private static Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table account (amount int)");
    }
    connection.setAutoCommit(false);
    return connection;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    CommitHook.on(CommitHook.PREPARING, connection, sql);
    PreparedStatement prepared = connection.prepareStatement(sql);
    CommitHook.on(CommitHook.PREPARED, prepared, null);
    return prepared;
  }

  private void change() throws SQLException {
    execute(connection.createStatement(), UPDATE);
  }

  private static void execute(Statement statement, String sql) {
    CommitHook.on(CommitHook.EXECUTING, statement, sql);
  }

  private void commit() throws SQLException {
    CommitHook.on(CommitHook.COMMITTING, connection, null);
    CommitHook.on(CommitHook.COMMITTED, null, null);
  }

  /** Collects what is reported. */
  private final class Reports implements CommitReport {

    @Override
    public void committed(CommitLevel level, String database) {
      reports.add(level.toString());
    }

    @Override
    public void failed(String database, Exception cause) {
      reports.add(cause.toString());
    }

    @Override
    public void overlapped(String database) {
      reports.add("overlapped");
    }
  }

  /** A store in memory, in the database of one connection, that fails once. */
  private static final class OneDatabase implements CounterStore {

    private final MemoryStore counters = new MemoryStore();
    private SQLException failure;
    private Connection only;

    @Override
    public long read(String id) {
      return counters.read(id);
    }

    @Override
    public boolean ensure(String id) {
      return counters.ensure(id);
    }

    @Override
    public long advance(String id) {
      return counters.advance(id);
    }

    @Override
    public long advanceFrom(String id, long expected) {
      return counters.advanceFrom(id, expected);
    }

    @Override
    public boolean isIn(Connection connection) {
      return only == null || only == connection;
    }

    @Override
    public boolean advance(Connection connection, String id, long expected, long next)
        throws SQLException {
      fail();
      return counters.advance(connection, id, expected, next);
    }

    @Override
    public boolean advance(Connection connection, String id) throws SQLException {
      fail();
      return counters.advance(connection, id);
    }

    private void fail() throws SQLException {
      SQLException once = failure;
      failure = null;
      if (once != null) {
        throw once;
      }
    }
  }

  /** The name of a branch, without an identity of its own. */
  private static final class Branch implements Xid {

    private final byte[] id;

    Branch(int number) {
      this.id = new byte[] {(byte) number};
    }

    @Override
    public int getFormatId() {
      return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return id.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
      return id.clone();
    }
  }
}
