package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.conflict.RemoteDriver;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import java.nio.channels.OverlappingFileLockException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import org.hibernate.exception.LockAcquisitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.PessimisticLockingFailureException;

/** Wrappers whose class claims more than the driver inside. */
class DriverPrecedenceTest {

  @ParameterizedTest
  @CsvSource({
    "ORACLE, ?, 942", // table or view does not exist
    "ORACLE, ?, 1653", // tablespace is full
    "ORACLE, ?, 4031", // shared memory
    "ORACLE, ?, 2391", // session limit
    "SQL_SERVER, HY008, 0", // query timed out
    "SQL_SERVER, 08S01, 0",
    "DB2, 57011, -964", // log is full
    "DB2, 40504, -1229", // rolled back, system error
    "JCONNECT, JZ006, 0", // connection
    "JCONNECT, JZ0C0, 0",
    "MYSQL, HY000, 1206", // lock table is full
    "MARIADB, HY000, 1206",
    "POSTGRESQL, 53300, 0", // too many connections
    "HANA, HY000, 4711",
    "INFORMIX, IX000, -243",
    "FIREBIRD, HY000, 335544721",
  })
  void codeOfKnownDriverThatIsNoConflictStaysNoneInEveryWrapper(
      RemoteDriver driver, String state, int code) throws Exception {
    SQLException drivers = driver.made("m", state, code);

    assertNoneInWrappers(drivers);
    SQLException copyOfPool = new SQLException("pooled", state, code);
    copyOfPool.initCause(drivers);
    assertNoneInWrappers(copyOfPool);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      72000 | 1653 | ORA-01653: unable to extend table SHOP.T by 128 in tablespace USERS
      40504 | -1229 | DB2 SQL Error: SQLCODE=-1229, SQLSTATE=40504, SQLERRMC=null, DRIVER=4.33.31
      57011 | -964 | The transaction log for the database is full. SQLCODE=-964, SQLSTATE=57011, DRIVER=4.33.31
      40XT0 | 30000 | An internal error was identified by RawStore module.
      JZ006 | 0 | JZ006: Caught IOException
      HY000 | 1206 | The total number of locks exceeds the lock table size
      IX000 | -243 | Could not position within a table
      40003 | -4711 | outcome unknown
      61000 | 4711 | session limit
      72000 | 4711 | execution
      21000 | 0 | more than one row
      25000 | 1207 | read only
      40000 | 4711 | rolled back
      08006 | 4711 | connection lost
      """)
  void copyOfSuchCodeStaysNoneInEveryWrapper(String state, int code, String message) {
    assertNoneInWrappers(new SQLException(message, state, code));
  }

  @Test
  void copyOutsideAddsNothingToItsDriver() throws Exception {
    SQLException drivers = RemoteDriver.MYSQL.made("m", "HY000", 1206);

    assertNull(kindOf(new SQLException("copy", "40001", 0, drivers)));
  }

  @Test
  void longChainsOfWrappersAndDriversAreJudgedInTime() throws Exception {
    Throwable chain = RemoteDriver.MYSQL.made("m", "HY000", 4711);
    for (int i = 0; i < 30; i++) {
      SQLException drivers = RemoteDriver.MYSQL.made("m", "HY000", 4711);
      drivers.initCause(new LockTimeoutException((Exception) chain));
      chain = drivers;
    }
    Throwable outermost = chain;

    assertNull(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> kindOf(outermost)));
  }

  @Test
  void lockOnFileInsideOfDriverIsNoLockOfRow() throws Exception {
    SQLException inUse = RemoteDriver.ORACLE_6.made("m", "90020", 90020);
    inUse.initCause(new IllegalStateException(new OverlappingFileLockException()));

    assertNull(kindOf(inUse));
  }

  @Test
  void versionCheckBesideFailureOfDriverCounts() throws Exception {
    RuntimeException both = new RuntimeException("commit failed");
    BatchUpdateException batch = new BatchUpdateException(new int[0]);
    batch.addSuppressed(RemoteDriver.MYSQL.made("m", "HY000", 4711));
    batch.addSuppressed(new OptimisticLockException("row was changed"));
    both.initCause(batch);

    assertEquals(ConflictKind.STALE_VERSION, kindOf(both));
  }

  @Test
  void codeOfKnownDriverInNoTableIsReadByStateOfOneMeaning() throws Exception {
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(RemoteDriver.MYSQL.made("m", "23505", 47110)));
    assertEquals(ConflictKind.TRANSIENT, kindOf(RemoteDriver.MARIADB.made("m", "40001", 47110)));
    assertEquals(ConflictKind.LOCKED, kindOf(RemoteDriver.HANA.made("m", "55P03", 47110)));
    assertNull(kindOf(RemoteDriver.DB2.made("signalled", "23505", -438)));
    assertNull(kindOf(RemoteDriver.MYSQL.made("signalled", "40001", 1644)));
  }

  private static void assertNoneInWrappers(SQLException drivers) {
    assertNull(kindOf(drivers));
    assertNull(kindOf(new OptimisticLockException(drivers)));
    assertNull(kindOf(new EntityExistsException(drivers)));
    assertNull(kindOf(new LockTimeoutException(drivers)));
    assertNull(kindOf(new PessimisticLockingFailureException("m", drivers)));
    assertNull(kindOf(new RuntimeException(new LockAcquisitionException("m", drivers))));
  }
}
