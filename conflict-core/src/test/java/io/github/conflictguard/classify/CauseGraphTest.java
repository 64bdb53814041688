package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import java.lang.reflect.Constructor;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;

class CauseGraphTest {

  private final SQLException duplicate = new SQLException("m", "23505");

  @Test
  void nextExceptionsComeBeforeCauses() {
    SQLException inner = new SQLException("inner");
    SQLException next = new SQLException("next", inner);
    Exception cause = new Exception("cause");
    SQLException outer = new SQLException("outer", cause);
    outer.setNextException(next);

    assertEquals(List.of(outer, next, inner, cause), CauseGraph.from(outer));
  }

  @Test
  void cycleOfCausesEnds() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);

    assertEquals(List.of(second, first), CauseGraph.from(second));
  }

  @Test
  void exceptionThatIsItsOwnCauseAndItsOwnNextIsSeenOnce() {
    SQLException narcissus =
        new SQLException("m", "23505") {
          @Override
          public synchronized Throwable getCause() {
            return this;
          }

          @Override
          public SQLException getNextException() {
            return this;
          }
        };

    assertEquals(List.of(narcissus), CauseGraph.from(narcissus));
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(narcissus));
  }

  @Test
  void exceptionsThatClaimToBeEqualAreToldApart() {
    class Equal extends Exception {
      Equal(Throwable cause) {
        super(cause);
      }

      @Override
      public boolean equals(Object other) {
        return other instanceof Equal;
      }

      @Override
      public int hashCode() {
        throw new IllegalStateException("not to be asked");
      }
    }

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new Equal(new Equal(duplicate))));
  }

  @Test
  void longChainOfCausesIsGivenUp() {
    Throwable chain = duplicate;
    for (int i = 0; i < 10_000; i++) {
      chain = new Exception("m", chain);
    }

    assertEquals(CauseGraph.MAX_DEPTH + 1, CauseGraph.from(chain).size());
    assertNull(kindOf(chain));
  }

  @Test
  void longBatchDoesNotHideTheCause() {
    SQLException batch = new SQLException("batch", duplicate);
    SQLException last = batch;
    for (int i = 0; i < 10_000; i++) {
      SQLException next = new SQLException("entry");
      last.setNextException(next);
      last = next;
    }

    assertTrue(CauseGraph.from(batch).size() <= CauseGraph.MAX_THROWABLES);
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(batch));
  }

  @Test
  void endlessFreshCausesEnd() {
    class Hydra extends SQLException {
      @Override
      public synchronized Throwable getCause() {
        return new Hydra();
      }

      @Override
      public SQLException getNextException() {
        return new Hydra();
      }
    }

    assertEquals(CauseGraph.MAX_THROWABLES, CauseGraph.from(new Hydra()).size());
  }

  @Test
  void accessorsThatThrowAreTakenForSilence() {
    class Hostile extends SQLException {
      @Override
      public synchronized Throwable getCause() {
        throw new IllegalStateException("hostile");
      }

      @Override
      public SQLException getNextException() {
        throw new StackOverflowError("hostile");
      }

      @Override
      public String getSQLState() {
        throw new NoClassDefFoundError("hostile");
      }

      @Override
      public int getErrorCode() {
        throw new UnsupportedOperationException("hostile");
      }

      public Throwable getRootCause() throws Exception {
        throw new Exception("hostile");
      }

      public Throwable getTargetException() {
        return duplicate;
      }
    }

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new Hostile()));
  }

  @Test
  void nothingIsPrintedAndMessageThatThrowsIsTakenForSilence() {
    class Secret extends SQLException {
      Secret(Throwable cause) {
        super("m", "99999", cause);
      }

      @Override
      public String getMessage() {
        throw new IllegalStateException("hostile");
      }

      @Override
      public String toString() {
        throw new AssertionError("asked for its text");
      }
    }

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new Secret(duplicate)));
  }

  @Test
  void causeFromBeforeGetCauseIsFound() {
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new OldServletException(duplicate)));
    assertEquals(
        ConflictKind.DUPLICATE_KEY,
        kindOf(new OldServletException(new RuntimeException(new OldServletException(duplicate)))));
  }

  @Test
  void accessorOfClassThatIsNotPublicIsRead() throws ReflectiveOperationException {
    Constructor<? extends Exception> constructor =
        new ByteBuddy()
            .subclass(Exception.class)
            .name("com.example.DaoException")
            .modifiers(0)
            .defineMethod("getRootCause", Throwable.class, Visibility.PUBLIC)
            .intercept(FixedValue.value(duplicate))
            .make()
            .load(getClass().getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
            .getLoaded()
            .getDeclaredConstructor();
    constructor.setAccessible(true);

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(constructor.newInstance()));
  }

  @Test
  void whatStandsBesideTheCauseIsFound() {
    class Several extends RuntimeException {
      Several() {
        super(new Exception("the first of them"));
      }

      @SuppressWarnings("unused")
      public Throwable[] getNestedThrowables() {
        return new Throwable[] {getCause(), null, duplicate};
      }
    }

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new Several()));
  }

  @Test
  void failureToCloseIsNotTheReason() {
    Exception reason = new Exception("reason");
    reason.addSuppressed(duplicate);
    SQLException batch = new BatchUpdateException("m", "25P02", new int[0]);
    batch.addSuppressed(duplicate);

    assertNull(kindOf(reason));
    assertNull(kindOf(batch));
  }

  @Test
  void entriesOfBatchThatSaysNothingMayBeSuppressed() {
    SQLException batch = new BatchUpdateException();
    batch.addSuppressed(new SQLException("entry"));
    batch.addSuppressed(duplicate);

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(batch));
  }

  /** As in the servlet API before 2.5: it does not tell {@link Throwable} of its cause. */
  private static final class OldServletException extends Exception {

    private final transient Throwable rootCause;

    OldServletException(Throwable rootCause) {
      this.rootCause = rootCause;
    }

    @SuppressWarnings("unused")
    public Throwable getRootCause() {
      return rootCause;
    }
  }
}
