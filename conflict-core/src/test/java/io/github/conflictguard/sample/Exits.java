package io.github.conflictguard.sample;

import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Guarded methods with a lock that are left in each way. */
@SuppressWarnings("unused")
public final class Exits {

  private Exits() {}

  /** Declares recover methods, and in a later version does not. */
  public static class Base {

    protected String gone(String key, Runnable work) {
      return "recovered";
    }

    protected CompletableFuture<String> goneLater(String key, Runnable work) {
      return CompletableFuture.completedFuture("recovered");
    }
  }

  /** The methods; each runs what it is given first. */
  public static class Orders extends Base {

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0)
    public String returns(String key, Runnable work) {
      work.run();
      return key;
    }

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0)
    public String fails(String key, Runnable work) throws SQLException {
      work.run();
      throw new SQLException("m", "23505");
    }

    @ConflictGuarded(
        lock = "exits/{0}",
        lockTimeoutMillis = 0,
        retry = @Retry(attempts = 2, backoffMillis = 0))
    public String repeats(String key, Runnable work) throws SQLException {
      work.run();
      throw new SQLException("m", "40001");
    }

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0, recover = "recover")
    public String recovers(String key, Runnable work) throws SQLException {
      work.run();
      throw new SQLException("m", "23505");
    }

    private String recover(String key, Runnable work, ConflictException conflict) {
      return "recovered";
    }

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0)
    public CompletionStage<String> later(String key, Runnable work) {
      work.run();
      return CompletableFuture.failedFuture(new SQLException("m", "23505"));
    }

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0, recover = "recoverLater")
    public CompletionStage<String> recoversLater(String key, Runnable work) {
      work.run();
      return CompletableFuture.failedFuture(new SQLException("m", "23505"));
    }

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0, recover = "recoverLater")
    public CompletionStage<String> throwsAtOnce(String key, Runnable work) throws SQLException {
      work.run();
      throw new SQLException("m", "23505");
    }

    private CompletionStage<String> recoverLater(
        String key, Runnable work, ConflictException conflict) {
      return CompletableFuture.completedFuture("recovered");
    }

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0, recover = "gone")
    public String unlinked(String key, Runnable work) throws SQLException {
      work.run();
      throw new SQLException("m", "23505");
    }

    @ConflictGuarded(lock = "exits/{0}", lockTimeoutMillis = 0, recover = "goneLater")
    public CompletableFuture<String> unlinkedLater(String key, Runnable work) {
      work.run();
      return CompletableFuture.failedFuture(new SQLException("m", "23505"));
    }
  }

  /** Passes values that have to be boxed. */
  public static class Plain {

    @ConflictGuarded(lock = "exits/{0}", retry = @Retry)
    public long number(long n) {
      return n;
    }

    @ConflictGuarded(lock = "exits/{0}", recover = "insteadLater")
    public CompletionStage<String> later(int n, CompletionStage<String> work) {
      return work;
    }

    private CompletionStage<String> insteadLater(int n, CompletionStage<String> work) {
      return work;
    }
  }
}
