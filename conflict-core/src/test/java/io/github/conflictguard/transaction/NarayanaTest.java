package io.github.conflictguard.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.GuardedRun;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards around and inside transactions of Narayana, with H2 as a resource of two phases. */
class NarayanaTest {

  private static final String PACKAGES = "java.naming.factory.url.pkgs";
  private static final GuardPolicy THRICE =
      GuardPolicy.builder().handler("a#b()").retry(3, 0, 0, 0, 60_000).build();

  private static TransactionManager manager;

  private final JdbcDataSource database = new JdbcDataSource();
  private Connection keepsTheDatabase;
  private int runs;

  @BeforeAll
  static void keepNothingOnDisk() throws Exception {
    for (String store : new String[] {null, "communicationStore", "stateStore"}) {
      BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
          .setObjectStoreType(VolatileStore.class.getName());
    }
    arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("1");
    manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
  }

  @BeforeEach
  void makeTable() throws SQLException {
    database.setURL("jdbc:h2:mem:narayana");
    keepsTheDatabase = database.getConnection();
    try (Statement statement = keepsTheDatabase.createStatement()) {
      statement.execute("create table transfer (run int primary key)");
    }
  }

  @AfterEach
  void end() throws Exception {
    System.clearProperty(PACKAGES);
    if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
      manager.rollback();
    }
    keepsTheDatabase.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTransactionIsSeenWithAndWithoutANamingService(boolean naming) throws Exception {
    nameTransactions(naming);
    assertFalse(Transactions.isActive());
    manager.begin();
    assertTrue(Transactions.isActive());
    manager.setRollbackOnly();
    assertTrue(Transactions.isActive());
    manager.rollback();
    assertFalse(Transactions.isActive());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsRepeatedInsideATransaction(boolean naming) throws Exception {
    nameTransactions(naming);
    manager.begin();
    ConflictException conflict =
        assertThrows(ConflictException.class, () -> ConflictGuard.run(THRICE, this::failOnce));
    assertTrue(conflict.getMessage().endsWith("a transaction is active"), conflict.getMessage());
    manager.rollback();
    assertEquals("runs=1 rows=0", outcome());
  }

  @Test
  void nothingIsRepeatedInsideATransactionThatIsMarkedForRollback() throws Exception {
    manager.begin();
    assertThrows(
        ConflictException.class,
        () ->
            ConflictGuard.run(
                THRICE,
                () -> {
                  insert();
                  manager.setRollbackOnly();
                  throw new SQLException("m", "40001");
                }));
    assertThrows(RollbackException.class, manager::commit);
    assertEquals("runs=1 rows=0", outcome());
  }

  @Test
  void aSuspendedTransactionIsNoReasonNotToRepeat() throws Exception {
    manager.begin();
    var suspended = manager.suspend();
    ConflictGuard.run(THRICE, () -> inTransaction(this::failOnce));
    manager.resume(suspended);
    manager.rollback();
    assertEquals("runs=2 rows=1", outcome());
  }

  @Test
  void aGuardAroundTheTransactionRepeatsItAsAWhole() throws Exception {
    ConflictGuard.run(THRICE, () -> inTransaction(this::failOnce));
    assertEquals("runs=2 rows=1", outcome());
  }

  @Test
  void aConflictThatTheCommitFindsIsRepeatedAroundTheTransaction() throws Exception {
    ConflictGuard.run(THRICE, () -> inTransaction(this::failOnceAtCommit));
    assertEquals("runs=2 rows=1", outcome());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCheckedExceptionCommitsWhereItIsNotTranslated(boolean translate) throws Exception {
    GuardPolicy policy = GuardPolicy.builder().translate(translate).build();
    Exception left =
        assertThrows(
            Exception.class,
            () -> inTransaction(() -> ConflictGuard.run(policy, this::duplicateKey)));
    assertEquals(translate ? ConflictException.class : SQLException.class, left.getClass());
    assertEquals(translate ? "runs=1 rows=0" : "runs=1 rows=1", outcome());
  }

  private static void nameTransactions(boolean naming) {
    if (naming) {
      System.setProperty(PACKAGES, "io.github.conflictguard.guard.narayana");
    }
  }

  /** As {@code @Transactional} of JTA does it: unchecked exceptions roll back. */
  private static void inTransaction(GuardedRun<Exception> work) throws Exception {
    manager.begin();
    try {
      work.run();
    } catch (RuntimeException e) {
      manager.rollback();
      throw e;
    } catch (Exception e) {
      manager.commit();
      throw e;
    }
    manager.commit();
  }

  private void failOnce() throws Exception {
    insert();
    if (runs == 1) {
      throw new org.springframework.dao.PessimisticLockingFailureException("m");
    }
  }

  private void failOnceAtCommit() throws Exception {
    insert();
    if (runs == 1) {
      manager
          .getTransaction()
          .registerSynchronization(
              new Synchronization() {
                @Override
                public void beforeCompletion() {
                  throw new org.springframework.dao.PessimisticLockingFailureException("m");
                }

                @Override
                public void afterCompletion(int status) {}
              });
    }
  }

  private void duplicateKey() throws Exception {
    insert();
    throw new SQLException("m", "23505");
  }

  private void insert() throws Exception {
    runs++;
    XAConnection connection = database.getXAConnection();
    manager.getTransaction().enlistResource(connection.getXAResource());
    manager
        .getTransaction()
        .registerSynchronization(
            new Synchronization() {
              @Override
              public void beforeCompletion() {}

              @Override
              public void afterCompletion(int status) {
                try {
                  connection.close();
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              }
            });
    try (Statement statement = connection.getConnection().createStatement()) {
      statement.execute("insert into transfer values (" + runs + ")");
    }
  }

  private String outcome() throws SQLException {
    try (Statement statement = keepsTheDatabase.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from transfer")) {
      rows.next();
      return "runs=" + runs + " rows=" + rows.getInt(1);
    }
  }
}
