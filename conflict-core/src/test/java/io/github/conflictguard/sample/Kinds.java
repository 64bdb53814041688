package io.github.conflictguard.sample;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Guarded methods with more than a plain guard. */
@SuppressWarnings("unused")
public final class Kinds {

  private Kinds() {}

  /** Fails as often as it is told. */
  public static class Failing {

    public final List<String> seen = new ArrayList<>();

    void failUntil(int run, Exception failure) throws Exception {
      if (seen.size() < run) {
        throw failure;
      }
    }
  }

  /** Stores what comes as a stream. */
  public static class Uploads extends Failing {

    @ConflictGuarded(retry = @Retry(backoffMillis = 0))
    public void store(InputStream body) throws Exception {
      seen.add(new String(body.readAllBytes()));
      failUntil(3, new SQLException("deadlock", "40001"));
    }
  }

  /** Overflows the stack, or the memory. */
  public static class Broken {

    @ConflictGuarded(lock = "broken/{0}", lockTimeoutMillis = 0)
    public long deep(String key, long n) {
      return deep(key, n + 1) + 1;
    }

    @ConflictGuarded(lock = "broken/{0}", lockTimeoutMillis = 0)
    public long beyond(String key, long n) {
      return further(n);
    }

    @ConflictGuarded(lock = "broken/{0}", lockTimeoutMillis = 0)
    public void full(String key) {
      throw new OutOfMemoryError("Java heap space");
    }

    @ConflictGuarded(lock = "broken/{0}", lockTimeoutMillis = 0)
    public String free(String key) {
      return "free";
    }

    private long further(long n) {
      return further(n + 1) + 1;
    }
  }

  /** Has a lock whose key its own guarded methods name. */
  @ConflictGuarded(lock = "order/{this.id}")
  public static class Order {

    private final String id = "7";

    public String getId() {
      return id.trim();
    }

    public String change() {
      return "changed " + getId();
    }
  }

  /** Goes on when it has returned. */
  public static class Later {

    @ConflictGuarded(lock = "later", lockTimeoutMillis = 0)
    public CompletableFuture<String> future(CompletableFuture<String> work) {
      return work;
    }

    @ConflictGuarded(lock = "later", lockTimeoutMillis = 0)
    public CompletionStage<String> stage(CompletableFuture<String> work) {
      return work.thenApply(result -> result + "!");
    }

    @ConflictGuarded
    public CompletableFuture<String> withoutLock(CompletableFuture<String> work) {
      return work;
    }

    @ConflictGuarded(lock = "later", lockTimeoutMillis = 0)
    public CompletableFuture<String> fails() throws SQLException {
      throw Samples.duplicate();
    }

    @ConflictGuarded(lock = "later", lockTimeoutMillis = 0)
    public CompletableFuture<String> none() {
      return null;
    }
  }

  /** Lets its conflicts leave as they are. */
  public static class Untranslated extends Failing {

    @ConflictGuarded(translate = false)
    public void save(SQLException failure) throws SQLException {
      throw failure;
    }

    @ConflictGuarded(translate = false, retry = @Retry(backoffMillis = 0))
    public void outer(SQLException failure) throws SQLException {
      inner(failure);
    }

    @ConflictGuarded(translate = false, retry = @Retry(backoffMillis = 0))
    public void inner(SQLException failure) throws SQLException {
      seen.add("run");
      throw failure;
    }
  }

  /** Has static methods, which are called with the monitor of the class or without it. */
  public static class OfClass {

    public static int runs;

    @ConflictGuarded(retry = @Retry(backoffMillis = 0))
    public static void retried() throws SQLException {
      runs++;
      throw new SQLException("deadlock", "40001");
    }

    @ConflictGuarded(lock = "of-class", retry = @Retry(backoffMillis = 0))
    public static void locked() throws SQLException {
      runs++;
      throw new SQLException("deadlock", "40001");
    }

    public static synchronized void retriedInside() throws SQLException {
      retried();
    }

    public static synchronized void lockedInside() throws SQLException {
      locked();
    }
  }

  /** Runs again after what it names. */
  public static class Repeating extends Failing {

    @ConflictGuarded(retry = @Retry(backoffMillis = 0, on = ConflictKind.STALE_VERSION))
    public String stale(long id) throws Exception {
      seen.add("run");
      failUntil(3, new ConflictException(ConflictKind.STALE_VERSION, "changed"));
      return "stored";
    }

    @ConflictGuarded(retry = @Retry(backoffMillis = 0, on = ConflictKind.STALE_VERSION))
    public String notNamed(long id) throws Exception {
      seen.add("run");
      failUntil(3, new SQLException("deadlock", "40001"));
      return "stored";
    }

    @ConflictGuarded(retry = @Retry(backoffMillis = 0, onException = IOException.class))
    public String broken(int failures) throws Exception {
      seen.add("run");
      failUntil(failures, new IllegalStateException(new java.io.EOFException()));
      return "stored";
    }
  }
}
