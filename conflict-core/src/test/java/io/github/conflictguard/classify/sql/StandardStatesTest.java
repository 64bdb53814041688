package io.github.conflictguard.classify.sql;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.conflict.ConflictKind;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import org.h2.jdbc.JdbcSQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers that nobody knows. */
class StandardStatesTest {

  @ParameterizedTest
  @CsvSource({
    "23505, DUPLICATE_KEY",
    "23503, BROKEN_REFERENCE",
    "23001, STILL_REFERENCED",
    "40001, TRANSIENT",
    "40P01, TRANSIENT",
    "55P03, LOCKED",
    "22001, ",
    "23000, ",
    "23502, ",
    "23504, ",
    "23506, ",
    "23514, ",
    "40000, ",
    "40002, ",
    "40003, ",
    "42000, ",
    "57014, ",
    "S0001, ",
    "'', ",
    ", ",
  })
  void fewStatesSpeakForThemselves(String state, ConflictKind kind) {
    assertEquals(kind, kindOf(new SQLException("m", state, 4711)));
  }

  @Test
  void exceptionClassOfJdbcProvesNothing() {
    assertNull(kindOf(new SQLIntegrityConstraintViolationException("m", "23000", 4711)));
  }

  @Test
  void knownDriverInsideIsBelievedRatherThanTheCopyOutside() {
    SQLException drivers = new JdbcSQLException("m", "sql", "23001", 23001, null, "trace");

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new SQLException("pooled", "23001", drivers)));
  }
}
