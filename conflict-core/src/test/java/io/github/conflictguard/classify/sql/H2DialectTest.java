package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.conflict.ConflictKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import org.h2.jdbc.JdbcSQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2DialectTest {

  /** Seen with 1.2.147 and 1.3.153; 1.3.176 has the codes of today. */
  @ParameterizedTest
  @CsvSource({
    "23001, DUPLICATE_KEY",
    "23003, STILL_REFERENCED",
    "23002, MISSING_REFERENCE",
    "23000, ", // CHECK
    "90006, ", // NOT NULL
    "90005, ", // too long
  })
  void oldVersionsHadTheirOwnNumbers(int code, ConflictKind kind) {
    String state = Integer.toString(code);

    assertEquals(kind, kindOf(new JdbcSQLException("m", "sql", state, code, null, "trace")));
    assertEquals(kind, kindOf(new SQLException("copied by a pool", state, code)));
  }

  @Test
  void codeCountsAndNotTheStateThatFunctionSignalled() {
    assertNull(kindOf(new JdbcSQLException("signalled", "sql", "23505", 0, null, "trace")));
  }

  @Test
  void copyOfLockTimeoutIsRecognised() {
    assertEquals(ConflictKind.LOCKED, kindOf(new SQLException("copied", "HYT00", 50200)));
  }

  @Test
  void failedTriggerIsWhatItsCauseIs() {
    SQLException inTrigger = new JdbcSQLException("m", "sql", "23505", 23505, null, "trace");

    assertEquals(
        ConflictKind.DUPLICATE_KEY,
        kindOf(new JdbcSQLException("trigger", "sql", "90044", 90044, inTrigger, "trace")));
  }

  @Test
  void cancelledStatementIsNoConflictThoughItsClassIsThatOfLockTimeout() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute("set query_timeout 20");
      SQLException thrown =
          assertThrows(
              SQLException.class,
              () ->
                  statement.execute(
                      "select count(*) from system_range(1, 100000000000) where mod(x, 7) = 8"));
      assertInstanceOf(SQLTimeoutException.class, thrown);
      assertNull(kindOf(thrown));
    }
  }
}
