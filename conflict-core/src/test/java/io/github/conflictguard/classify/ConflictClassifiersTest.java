package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import java.sql.SQLException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ConflictClassifiersTest {

  private final SQLException duplicate = new SQLException("m", "23505");

  @Test
  void errorOnTopIsNoConflict() {
    assertNull(kindOf(new AssertionError(duplicate)));
    assertNull(kindOf(new ExceptionInInitializerError(duplicate)));
  }

  @Test
  void errorFurtherInsideIsWalkedThrough() {
    assertEquals(
        ConflictKind.DUPLICATE_KEY, kindOf(new RuntimeException(new AssertionError(duplicate))));
  }

  @Test
  void exceptionsOfTheJdkAreNoConflict() {
    List<Throwable> thrown =
        List.of(
            new IllegalStateException("Duplicate key 1"),
            new ConcurrentModificationException(),
            new TimeoutException(),
            new SQLException("Deadlock, duplicate key"));

    assertEquals(List.of(), thrown.stream().filter(t -> kindOf(t) != null).toList());
  }

  @Test
  void anyWrapperOfTheApplicationIsLookedInto() {
    class ServiceFailed extends Exception {
      ServiceFailed(Throwable cause) {
        super("m", cause);
      }
    }

    assertEquals(
        ConflictKind.DUPLICATE_KEY, kindOf(new ServiceFailed(new ServiceFailed(duplicate))));
  }

  @Test
  void outermostDecidedSqlExceptionDecides() {
    SQLException first = new SQLException("m", "25P02");
    SQLException second = new SQLException("m", "40P01");
    first.setNextException(second);
    second.setNextException(duplicate);

    assertEquals(ConflictKind.TRANSIENT, kindOf(first));
  }

  @Test
  void anExceptionThatKnowsItsKindIsBelievedBeforeTheDriver() {
    class Shipped extends RuntimeException implements ClassifiedConflict {
      Shipped(Throwable cause) {
        super("m", cause);
      }

      @Override
      public ConflictKind kind() {
        return ConflictKind.WRONG_STATE;
      }
    }

    assertEquals(
        ConflictKind.WRONG_STATE, kindOf(new IllegalStateException(new Shipped(duplicate))));
  }
}
