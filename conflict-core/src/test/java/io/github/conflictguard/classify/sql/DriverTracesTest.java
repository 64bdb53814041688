package io.github.conflictguard.classify.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.classify.ConflictClassifiers;
import io.github.conflictguard.conflict.Classified;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.conflict.RemoteDriver;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.h2.jdbc.JdbcSQLException;
import org.junit.jupiter.api.Test;

class DriverTracesTest {

  private static final String FAKE =
      "violation: \"PUBLIC.FAKE ON PUBLIC.X(Y) VALUES 1\" for key 'fake'";

  private final SQLException unique =
      new JdbcSQLException(
          "violation: \"PUBLIC.UQ ON PUBLIC.X(Y) VALUES 1\"", "sql", "23505", 23505, null, "trace");

  @Test
  void sameCodeMeansWhatItsDriverMeansByIt() throws Exception {
    assertEquals(ConflictKind.LOCKED, kindOf(RemoteDriver.MYSQL.made("m", "40001", 1205)));
    assertEquals(ConflictKind.TRANSIENT, kindOf(RemoteDriver.SQL_SERVER.made("m", "40001", 1205)));
    assertEquals(ConflictKind.LOCKED, kindOf(RemoteDriver.SQL_SERVER.made("m", "S00051", 1222)));
    assertNull(kindOf(RemoteDriver.MARIADB.made("m", "21000", 1222)));
    assertNull(kindOf(RemoteDriver.INFORMIX.made("m", "23000", -530)));
    assertEquals(ConflictKind.MISSING_REFERENCE, kindOf(RemoteDriver.DB2.made("m", "23503", -530)));
  }

  @Test
  void codesThatNobodyOwnsAreNotGuessed() throws Exception {
    assertNull(kindOf(RemoteDriver.COPY.made("m", "HY000", 1062)));
    assertNull(kindOf(RemoteDriver.COPY.made("m", "42000", 547)));
    assertNull(kindOf(RemoteDriver.COPY.made("m", null, 1)));
  }

  @Test
  void causeTellsInWhichDialectItsWrapperSpeaks() throws Exception {
    SQLException drivers = RemoteDriver.SQL_SERVER.made("m", "42000", 1222);

    assertEquals(ConflictKind.LOCKED, kindOf(new SQLException("pooled", "42000", 1222, drivers)));
    assertEquals(ConflictKind.LOCKED, kindOf(new SQLException("pooled, without codes", drivers)));
  }

  @Test
  void causeSaysWhyInformixCouldNot() throws Exception {
    SQLException why = RemoteDriver.INFORMIX.made("ISAM error: record is locked.", "IX000", -107);
    SQLException what = RemoteDriver.INFORMIX.made("Could not position", "IX000", -243);
    what.initCause(why);

    assertEquals(ConflictKind.LOCKED, kindOf(what));
  }

  @Test
  void nameIsReadFromTheDriverAndNotFromWrapperOrBatch() {
    SQLException wrapper = new SQLException(FAKE, "23505", 23505, unique);
    BatchUpdateException batch = new BatchUpdateException(FAKE, "23505", 23505, new int[0]);
    batch.setNextException(unique);

    assertEquals("UQ", constraintOf(wrapper));
    assertEquals("UQ", constraintOf(batch));
  }

  @Test
  void nameThatOnlyWrapperOrBatchHasIsNotTold() {
    assertNull(constraintOf(new SQLException(FAKE, "23505", 23505)));
    assertNull(constraintOf(new BatchUpdateException(FAKE, "23505", 23505, new int[0])));
  }

  @Test
  void nameOfAnotherFailureInTheBatchIsNotTold() {
    BatchUpdateException batch = new BatchUpdateException(FAKE, "23506", 23506, new int[0]);
    batch.setNextException(unique);

    assertNull(constraintOf(batch));
  }

  private static ConflictKind kindOf(Throwable thrown) {
    return Classified.kindOf(thrown);
  }

  private static String constraintOf(Throwable thrown) {
    return ConflictClassifiers.standard().conflictIn(thrown).constraint();
  }
}
