package io.github.conflictguard.sample;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Guarded methods of every shape. All take a failure, which they throw unless it is null, and
 * return something otherwise.
 */
@SuppressWarnings("unused")
public class Shapes {

  public static void failWith(SQLException failure) throws SQLException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Methods of a class. */
  public static class Members {

    @ConflictGuarded
    public void ofVoid(SQLException failure) throws SQLException {
      failWith(failure);
    }

    @ConflictGuarded
    public int ofInt(SQLException failure) throws SQLException {
      failWith(failure);
      return 7;
    }

    @ConflictGuarded
    public long ofLong(SQLException failure) throws SQLException {
      failWith(failure);
      return 1L << 40;
    }

    @ConflictGuarded
    public double ofDouble(SQLException failure) throws SQLException {
      failWith(failure);
      return 2.5;
    }

    @ConflictGuarded
    public boolean ofBoolean(SQLException failure) throws SQLException {
      failWith(failure);
      return true;
    }

    @ConflictGuarded
    public char[][] ofArray(SQLException failure) throws SQLException {
      failWith(failure);
      return new char[2][3];
    }

    @ConflictGuarded
    public static String ofClass(SQLException failure) throws SQLException {
      failWith(failure);
      return "class";
    }

    @ConflictGuarded
    private String hidden(SQLException failure) throws SQLException {
      failWith(failure);
      return "hidden";
    }

    @ConflictGuarded
    static String packagePrivate(SQLException failure) throws SQLException {
      failWith(failure);
      return "package";
    }

    @ConflictGuarded
    public final synchronized String locked(SQLException failure) throws SQLException {
      failWith(failure);
      return "locked";
    }

    @ConflictGuarded
    public static synchronized String lockedClass(SQLException failure) throws SQLException {
      failWith(failure);
      return "locked class";
    }

    @ConflictGuarded
    public <T extends Comparable<T>, C extends Collection<? super T>> Map<T, C> generic(
        SQLException failure) throws SQLException {
      failWith(failure);
      return Map.of();
    }

    @ConflictGuarded
    public int manyLocals(SQLException failure) throws SQLException {
      long a = 1;
      double b = 2;
      int sum = 0;
      for (int i = 0; i < 3; i++) {
        long c = i * a;
        sum += (int) (c + b);
      }
      failWith(failure);
      String text = sum > 3 ? "x" : "yy";
      return sum + text.length();
    }

    @ConflictGuarded
    public String tryFinally(SQLException failure) throws SQLException {
      StringBuilder order = new StringBuilder();
      try {
        order.append('a');
        failWith(failure);
      } catch (IllegalStateException e) {
        order.append('b');
      } finally {
        order.append('c');
      }
      return order.toString();
    }

    @ConflictGuarded
    public String switchOnText(SQLException failure) throws SQLException {
      failWith(failure);
      switch (String.valueOf(failure)) {
        case "null":
          return "none";
        default:
          return "some";
      }
    }

    @ConflictGuarded
    public String withLambda(SQLException failure) throws SQLException {
      failWith(failure);
      Supplier<String> supplier = () -> "lambda " + failure;
      return supplier.get();
    }

    @ConflictGuarded
    public int recursive(SQLException failure) throws SQLException {
      return countDown(5, failure);
    }

    @ConflictGuarded
    public int countDown(int n, SQLException failure) throws SQLException {
      if (n == 0) {
        failWith(failure);
        return 0;
      }
      return 1 + countDown(n - 1, failure);
    }

    @ConflictGuarded
    public String nested(SQLException failure) throws SQLException {
      return "outer " + ofInt(failure);
    }

    @ConflictGuarded(retry = @Retry(attempts = 2, backoffMillis = 0))
    public String retried(SQLException failure) throws SQLException {
      failWith(failure);
      return "retried";
    }

    @ConflictGuarded(lock = "shape/{0}")
    public String underLock(String key, SQLException failure) throws SQLException {
      failWith(failure);
      return "locked " + key;
    }

    @ConflictGuarded(lock = "shape", retry = @Retry(attempts = 2, backoffMillis = 0))
    public static long underLockOfClass(SQLException failure) throws SQLException {
      failWith(failure);
      return 9;
    }

    public String callsHidden(SQLException failure) throws SQLException {
      return hidden(failure);
    }
  }

  /** Methods with a body in an interface. */
  public interface Defaults {

    @ConflictGuarded
    default String byDefault(SQLException failure) throws SQLException {
      failWith(failure);
      return "default";
    }

    @ConflictGuarded
    static String ofInterface(SQLException failure) throws SQLException {
      failWith(failure);
      return "interface";
    }
  }

  /** Has nothing but what its interface has. */
  public static class Inherits implements Defaults {}

  /** The annotation where nothing has a body. */
  public interface Store<T> {

    @ConflictGuarded
    Object store(T thing) throws SQLException;
  }

  /** Guarded by the interface that it implements, through a bridge method. */
  public static class StoreOfFailures implements Store<SQLException> {

    @Override
    public String store(SQLException failure) throws SQLException {
      failWith(failure);
      return "stored";
    }

    public String directly(SQLException failure) throws SQLException {
      return store(failure);
    }
  }

  /** Guarded by a method that it overrides. */
  public static class Overrides extends Members {

    @Override
    public int ofInt(SQLException failure) throws SQLException {
      failWith(failure);
      return 8;
    }
  }

  /** An enum, with constants that have bodies. */
  public enum Choice {
    ONE {
      @Override
      @ConflictGuarded
      public String choose(SQLException failure) throws SQLException {
        failWith(failure);
        return "one";
      }
    };

    public abstract String choose(SQLException failure) throws SQLException;
  }

  /** A record. */
  public record Pair(List<String> names) {

    @ConflictGuarded
    public String first(SQLException failure) throws SQLException {
      failWith(failure);
      return names.get(0);
    }
  }

  /** Changes its parameters before it fails. */
  public static class Repeats {

    public final List<String> seen = new ArrayList<>();

    @ConflictGuarded(retry = @Retry(attempts = 4, backoffMillis = 0))
    public String reassigns(int number, long big, String text, int failures) throws SQLException {
      seen.add(number + " " + big + " " + text);
      number += 100;
      big *= 2;
      text = text + "!";
      if (seen.size() <= failures) {
        throw new SQLException("deadlock", "40001");
      }
      return number + " " + big + " " + text;
    }

    @ConflictGuarded(retry = @Retry(attempts = 3, backoffMillis = 0))
    public void outer() throws SQLException {
      inner();
    }

    @ConflictGuarded(retry = @Retry(attempts = 3, backoffMillis = 0))
    public void inner() throws SQLException {
      seen.add("inner");
      throw new SQLException("deadlock", "40001");
    }

    @ConflictGuarded(retry = @Retry(attempts = 3, backoffMillis = 0))
    public synchronized void holdsItsMonitor() throws SQLException {
      seen.add("monitor");
      throw new SQLException("deadlock", "40001");
    }
  }
}
