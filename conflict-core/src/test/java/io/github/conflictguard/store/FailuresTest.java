package io.github.conflictguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures of the store's statements another transaction has caused. */
class FailuresTest {

  @ParameterizedTest
  @CsvSource({
    "40001, 0, false",
    "55P03, 0, false",
    "40001, 1213, false",
    "72000, 8177, false",
    "61000, 60, false",
    "57014, 0, true",
    "72000, 1013, true",
    "HY000, 3024, true",
  })
  void otherTransactionsCauseConflicts(String state, int code, boolean isTimeout) {
    SQLException failure = new SQLException("", state, code);
    assertTrue(Failures.isConflict(failure));
    assertEquals(isTimeout, Failures.isTimeout(failure));
  }

  @Test
  void exceededTimeIsAConflict() {
    assertTrue(Failures.isConflict(new SQLTimeoutException("")));
  }

  @Test
  void missingTableIsNoConflict() {
    assertFalse(Failures.isConflict(new SQLException("", "42P01", 0)));
  }
}
