package io.github.conflictguard.sample;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Tiny classes that the tests weave and then call. */
public final class Samples {

  private Samples() {}

  /** A duplicate key, as an unknown driver reports it. */
  public static SQLException duplicate() {
    return new SQLException("Duplicate entry 'secret'", "23505");
  }

  /** Guarded methods of many shapes beside unguarded ones. */
  public static class Handler {

    private final List<String> log = new ArrayList<>();

    @ConflictGuarded
    public int returns(int a, long b, String c) {
      return (int) (a + b + c.length());
    }

    @ConflictGuarded
    public void throwsDuplicate() throws SQLException {
      throw duplicate();
    }

    @ConflictGuarded
    public Object throwsWrapped() {
      throw new IllegalStateException(new IOException(duplicate()));
    }

    @ConflictGuarded
    public void throwsGiven(Throwable given) throws Throwable {
      throw given;
    }

    @ConflictGuarded
    private double hidden(double x) throws SQLException {
      if (x > 0) {
        throw duplicate();
      }
      return x;
    }

    public double callsHidden(double x) throws SQLException {
      return hidden(x);
    }

    @ConflictGuarded
    static long onClass(long[] values) throws SQLException {
      for (long value : values) {
        if (value < 0) {
          throw duplicate();
        }
      }
      return values.length;
    }

    public static long callsOnClass(long... values) throws SQLException {
      return onClass(values);
    }

    @ConflictGuarded
    public final synchronized String locks(Callable<String> body) throws Exception {
      try {
        return body.call();
      } finally {
        log.add("left");
      }
    }

    public List<String> log() {
      return log;
    }

    public String unguarded(boolean fail) throws SQLException {
      try {
        if (fail) {
          throw duplicate();
        }
        return "ok";
      } finally {
        log.add("unguarded");
      }
    }
  }

  /** Methods that may run again, and one that may not. */
  public static class Repeating {

    @ConflictGuarded
    public void doesNot() {}

    @ConflictGuarded(retry = @Retry)
    public void repeats() {}

    @ConflictGuarded(retry = @Retry, lock = "orders")
    public void repeatsUnderLock() {}
  }

  /** A class with nothing to guard. */
  public static class Untouched {

    public void throwsDuplicate() throws SQLException {
      throw duplicate();
    }
  }

  /** The annotation on the type. */
  @ConflictGuarded
  public abstract static class WholeType {

    public void open() throws SQLException {
      throw duplicate();
    }

    protected void inner() throws SQLException {
      throw duplicate();
    }

    public void callsInner() throws SQLException {
      inner();
    }

    public static void onClass() throws SQLException {
      throw duplicate();
    }

    public abstract void later() throws SQLException;
  }

  /** What it overrides is guarded; what is its own is not. */
  public static class Heir extends WholeType {

    @Override
    public void later() throws SQLException {
      throw duplicate();
    }

    public void ofItsOwn() throws SQLException {
      throw duplicate();
    }
  }

  /** Makes javac write a bridge method that carries a copy of the annotation. */
  public static class Bridged implements Callable<String> {

    @Override
    @ConflictGuarded
    public String call() throws SQLException {
      throw duplicate();
    }
  }

  /** Guarded methods that call each other. */
  public static class Nested {

    @ConflictGuarded
    public void outer() throws SQLException {
      inner();
    }

    @ConflictGuarded
    public void inner() throws SQLException {
      throw duplicate();
    }
  }

  /** One method cannot be guarded; the abstract one speaks for those who implement it. */
  public abstract static class Unweavable {

    @ConflictGuarded
    public abstract List<String> save(String name, int... values) throws IOException;

    @ConflictGuarded
    protected native void store(long handle, String[] names);

    @ConflictGuarded
    public void fine() {}
  }
}
