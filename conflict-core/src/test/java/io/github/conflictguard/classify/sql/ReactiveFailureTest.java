package io.github.conflictguard.classify.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.classify.ConflictClassifiers;
import io.github.conflictguard.conflict.Classified;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.conflict.NamedClass;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcRollbackException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DuplicateKeyException;

/** Drivers without JDBC: the same codes, read by the same dialects. */
class ReactiveFailureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      io.r2dbc.postgresql.ExceptionFactory | 23505 | 0 | duplicate key value violates unique constraint "uq" | DUPLICATE_KEY | uq
      io.r2dbc.postgresql.ExceptionFactory | 23502 | 0 | null value in column | |
      io.r2dbc.postgresql.ExceptionFactory | 40P01 | 0 | deadlock detected | TRANSIENT |
      org.mariadb.r2dbc.ExceptionFactory | 23000 | 1062 | Duplicate entry 'a' for key 'uq' | DUPLICATE_KEY | uq
      org.mariadb.r2dbc.ExceptionFactory | 23000 | 1048 | Column 'a' cannot be null | |
      io.asyncer.r2dbc.mysql.message.server.ErrorMessage | HY000 | 1205 | Lock wait timeout exceeded | LOCKED |
      io.r2dbc.mssql.ExceptionFactory | 23000 | 2627 | Violation of UNIQUE KEY constraint 'UQ'. | DUPLICATE_KEY | UQ
      io.r2dbc.mssql.ExceptionFactory | 40001 | 1205 | deadlocked | TRANSIENT |
      io.r2dbc.mssql.ExceptionFactory | S0001 | 515 | Cannot insert the value NULL | |
      oracle.r2dbc.impl.OracleR2dbcExceptions | 23000 | 1 | ORA-00001: unique constraint (SHOP.UQ) violated | DUPLICATE_KEY | UQ
      oracle.r2dbc.impl.OracleR2dbcExceptions | 72000 | 4031 | ORA-04031: shared memory | |
      io.r2dbc.h2.H2DatabaseExceptionFactory | 23505 | 23505 | Unique index or primary key violation: "PUBLIC.UQ ON PUBLIC.T(A) VALUES 1" | DUPLICATE_KEY | UQ
      com.example.Unknown | 23505 | 0 | m | DUPLICATE_KEY |
      com.example.Unknown | 23000 | 4711 | m | |
      """)
  void exceptionsOfR2dbcAreReadByTheirDialect(
      String madeIn, String state, int code, String message, ConflictKind kind, String constraint) {
    R2dbcException drivers = new R2dbcDataIntegrityViolationException(message, state, code);
    drivers.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(madeIn, "create", "F", 1)});
    Conflict expected = kind == null ? null : Conflict.of(kind, constraint);

    assertEquals(expected, ConflictClassifiers.standard().conflictIn(drivers));
    if (!madeIn.startsWith("com.example")) {
      assertEquals(
          expected,
          ConflictClassifiers.standard().conflictIn(new DuplicateKeyException("m", drivers)));
    }
  }

  @Test
  void classOfR2dbcAloneProvesNothing() {
    assertEquals(null, Classified.kindOf(new R2dbcRollbackException("m", "40000", 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "io.vertx.pgclient.PgException, getSqlState, 23505, getErrorCode, 0, DUPLICATE_KEY",
    "io.vertx.pgclient.PgException, getCode, 40001, x, 0, TRANSIENT", // before 4
    "io.reactiverse.pgclient.PgException, getCode, 55P03, x, 0, LOCKED",
    "io.vertx.mysqlclient.MySQLException, getSqlState, 23000, getErrorCode, 1062, DUPLICATE_KEY",
    "io.vertx.mysqlclient.MySQLException, getSqlState, 23000, getErrorCode, 1048, ",
    "io.vertx.mssqlclient.MSSQLException, x, x, number, 1222, LOCKED",
    "io.vertx.mssqlclient.MSSQLException, getSqlState, S0001, getErrorCode, 3960, TRANSIENT",
    "io.vertx.db2client.DB2Exception, getSqlState, 23505, getErrorCode, -803, DUPLICATE_KEY",
    "io.vertx.oracleclient.OracleException, getSqlState, 61000, getErrorCode, 54, LOCKED",
    "io.vertx.oracleclient.OracleException, getSqlState, 72000, getErrorCode, 1653, ",
  })
  void exceptionsOfVertxAreReadByTheirDialect(
      String name, String stateGetter, String state, String codeGetter, int code, ConflictKind kind)
      throws Exception {
    Object thrown =
        NamedClass.instance(
            RuntimeException.class, name, Map.of(stateGetter, state, codeGetter, code));

    assertEquals(kind, Classified.kindOf(new RuntimeException((Throwable) thrown)));
  }
}
