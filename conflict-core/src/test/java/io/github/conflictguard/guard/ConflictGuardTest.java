package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.h2.jdbc.JdbcSQLException;
import org.junit.jupiter.api.Test;

class ConflictGuardTest {

  private final SQLException duplicate =
      new SQLException("Duplicate entry 'ada@example.org' in PEOPLE", "23505");

  @Test
  void aConflictIsWrapped() {
    Throwable translated = ConflictGuard.translate(duplicate);
    ConflictException conflict = assertInstanceOf(ConflictException.class, translated);
    assertEquals(ConflictKind.DUPLICATE_KEY, conflict.kind());
    assertSame(duplicate, conflict.getCause());
  }

  @Test
  void aConflictIsRecoveredFromWhereTheCallNamesARecovery() throws Exception {
    GuardPolicy twice = GuardPolicy.builder().handler("a#b()").retry(2, 0, 0, 0, 1000).build();
    int[] runs = {0};
    GuardedCall<String, SQLException> deadlock =
        () -> {
          runs[0]++;
          throw new SQLException("m", "40001");
        };
    assertEquals(
        "transient after 2",
        ConflictGuard.call(
            twice, deadlock, conflict -> conflict.kind().code() + " after " + runs[0]));
    assertEquals("saved", ConflictGuard.call(twice, () -> "saved", conflict -> "recovered"));
    SQLException other = new SQLException("m", "08000");
    assertSame(
        other,
        assertThrows(
            SQLException.class,
            () ->
                ConflictGuard.<String, SQLException>call(
                    twice,
                    () -> {
                      throw other;
                    },
                    conflict -> "recovered")));
    GuardPolicy off = twice.change().enabled(false).build();
    assertThrows(
        SQLException.class, () -> ConflictGuard.call(off, deadlock, conflict -> "recovered"));
    IllegalStateException given = new IllegalStateException();
    assertSame(
        given,
        assertThrows(
            IllegalStateException.class,
            () ->
                ConflictGuard.<String, SQLException>call(
                    twice,
                    deadlock,
                    conflict -> {
                      throw given;
                    })));
  }

  @Test
  void aConflictExceptionIsNotWrappedAgain() {
    ConflictException conflict = new ConflictException(ConflictKind.WRONG_STATE, "shipped");
    assertSame(conflict, ConflictGuard.translate(conflict));
  }

  @Test
  void aConflictExceptionIsFoundInsideOtherExceptions() {
    ConflictException conflict = new ConflictException(ConflictKind.WRONG_STATE, "shipped");
    assertEquals(
        ConflictKind.WRONG_STATE,
        ConflictGuard.kindOf(new RuntimeException(new IllegalStateException(conflict))));
  }

  @Test
  void everythingElseStaysTheSameInstance() {
    Throwable notNull = new SQLException("NULL not allowed", "23502");
    assertSame(notNull, ConflictGuard.translate(notNull));
    Throwable error = new AssertionError(duplicate);
    assertSame(error, ConflictGuard.translate(error));
    assertNull(ConflictGuard.kindOf(new IllegalStateException("Duplicate key 1")));
  }

  @Test
  void theMessageOfTheDriverIsNotRepeated() {
    assertFalse(ConflictGuard.translate(duplicate).getMessage().contains("ada@example.org"));
  }

  @Test
  void theConstraintGoesAlong() {
    JdbcSQLException unique =
        new JdbcSQLException(
            "violation: \"PUBLIC.UQ_EMAIL_INDEX_8 ON PUBLIC.PEOPLE(EMAIL) VALUES 1\"",
            "sql",
            "23505",
            23505,
            null,
            "trace");
    Throwable translated = ConflictGuard.translate(new RuntimeException(unique));

    assertEquals(
        Conflict.of(ConflictKind.DUPLICATE_KEY, "UQ_EMAIL"),
        ConflictGuard.conflictIn(new IllegalStateException(translated)));
  }

  @Test
  void exceptionsOfApplicationsThatThrowAreConflictsAndStayTheSameInstance() {
    WrongStateException state = new WrongStateException("shipped", List.of("return", "archive"));
    BusinessRuleException rule =
        new BusinessRuleException("credit-limit", Map.of("limit", "1000", "order", "1200"));

    assertEquals(ConflictKind.WRONG_STATE, ConflictGuard.kindOf(new RuntimeException(state)));
    assertEquals(ConflictKind.BUSINESS_RULE, ConflictGuard.kindOf(rule));
    assertSame(state, ConflictGuard.translate(state));
    assertSame(rule, ConflictGuard.translate(rule));
    assertEquals(List.of("return", "archive"), state.allowedTransitions());
    assertEquals("1200", rule.facts().get("order"));
    assertFalse(rule.getMessage().contains("1200"));
  }
}
