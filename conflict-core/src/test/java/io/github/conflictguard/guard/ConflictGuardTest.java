package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.conflictguard.conflict.ConflictKind;
import java.sql.SQLException;
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
}
