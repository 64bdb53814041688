package io.github.conflictguard.sample;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import io.github.conflictguard.guard.WrongStateException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Guarded methods that recover from conflicts. */
@SuppressWarnings("unused")
public final class Recoveries {

  private Recoveries() {}

  /** Stands above a guarded class. */
  public static class Base {

    public final List<String> seen = new ArrayList<>();

    protected String inherited(String key, ConflictException conflict) {
      return "inherited " + key + " " + conflict.kind().code();
    }

    protected static int inheritedStatic(Object key, ConflictException conflict) {
      return 41;
    }

    String overridden(String key, Exception failure) {
      return "base";
    }
  }

  /** Has a recover method of its own. */
  public interface Fallback {

    default String ofInterface(ConflictException conflict, String key) {
      return "interface " + key + " " + conflict.kind().code();
    }
  }

  /** The methods; each throws what it is given, if that is not null. */
  public static class Orders extends Base implements Fallback {

    @ConflictGuarded(recover = "behind")
    public String behind(int n, long l, String key, Exception failure) throws Exception {
      fail(failure);
      return "saved " + n + l + key;
    }

    private String behind(
        int n, long l, String key, Exception failure, ConflictException conflict) {
      return "recovered " + n + l + key + " " + conflict.kind().code();
    }

    @ConflictGuarded(recover = "recoverReassigned")
    public String reassigned(int n, String key, Exception failure) throws Exception {
      n = 100;
      key = "other";
      fail(failure);
      return key;
    }

    private String recoverReassigned(int n, String key, Exception failure) {
      return n + key;
    }

    @ConflictGuarded(recover = "recoverCount")
    public long count(double weight, Exception failure) throws Exception {
      fail(failure);
      return 1L;
    }

    private static long recoverCount(ConflictException conflict, double weight, Exception failure) {
      return 7_000_000_000L + (long) weight;
    }

    @ConflictGuarded(recover = "note")
    public void nothing(Exception failure) throws Exception {
      fail(failure);
    }

    private void note(Exception failure, ConflictException conflict) {
      seen.add("noted " + conflict.kind().code());
    }

    @ConflictGuarded(recover = "inheritedStatic")
    public static int ofClass(Exception failure) throws Exception {
      fail(failure);
      return 1;
    }

    @ConflictGuarded(recover = "inherited")
    public String above(String key) throws Exception {
      throw new SQLException("m", "23505");
    }

    @ConflictGuarded(recover = "ofInterface")
    public String fromInterface(String key) throws Exception {
      throw new SQLException("m", "23505");
    }

    @ConflictGuarded(recover = "overridden")
    public String virtual(String key) throws Exception {
      throw new SQLException("m", "23505");
    }

    @Override
    String overridden(String key, Exception failure) {
      return "overridden";
    }

    @ConflictGuarded(recover = "recoverRetried", retry = @Retry(attempts = 3, backoffMillis = 0))
    public String retried(int until, Exception failure) throws Exception {
      seen.add("run");
      if (seen.size() < until) {
        throw failure;
      }
      return "saved";
    }

    private String recoverRetried(int until, Exception failure) {
      return "recovered after " + seen.size();
    }

    @ConflictGuarded(
        recover = "recoverUnavailable",
        retry = @Retry(attempts = 2, backoffMillis = 0, onException = IOException.class))
    public String unavailable(Exception failure) throws Exception {
      seen.add("run");
      throw failure;
    }

    private String recoverUnavailable(Exception failure, Exception left) {
      return "recovered from " + left.getClass().getSimpleName() + " after " + seen.size();
    }

    @ConflictGuarded(recover = "recoverLocked", lock = "recoveries/{0}", lockTimeoutMillis = 0)
    public String locked(String key, Runnable work) throws Exception {
      work.run();
      throw new SQLException("m", "23505");
    }

    private String recoverLocked(String key, Runnable work, ConflictException conflict) {
      return conflict.kind().code();
    }

    @ConflictGuarded(recover = "recoverUntranslated", translate = false)
    public String untranslated(Exception failure) throws Exception {
      fail(failure);
      return "saved";
    }

    private String recoverUntranslated(Exception failure, ConflictException conflict) {
      return "recovered " + conflict.getCause().getMessage();
    }

    @ConflictGuarded(recover = "recoverOnly", only = ConflictKind.DUPLICATE_KEY)
    public String only(Exception failure) throws Exception {
      fail(failure);
      return "saved";
    }

    private String recoverOnly(Exception failure) {
      return "recovered";
    }

    @ConflictGuarded(recover = "throwing")
    public String refused(Exception failure) throws Exception {
      fail(failure);
      return "saved";
    }

    private String throwing(Exception failure, ConflictException conflict) throws IOException {
      throw new IOException("recover " + conflict.kind().code());
    }

    @ConflictGuarded(recover = "recoverState")
    public String state(Exception failure) {
      throw new WrongStateException("m", List.of("open"));
    }

    private String recoverState(Exception failure, ConflictException conflict) {
      return conflict.kind().code();
    }

    @ConflictGuarded(recover = "recoverLater")
    public CompletableFuture<String> later(CompletableFuture<String> work, Exception failure)
        throws Exception {
      fail(failure);
      return work;
    }

    private CompletableFuture<String> recoverLater(
        CompletableFuture<String> work, Exception failure, ConflictException conflict) {
      return CompletableFuture.completedFuture("recovered " + conflict.kind().code());
    }

    @ConflictGuarded(recover = "recoverStage", lock = "recoveries/{0}", lockTimeoutMillis = 0)
    public CompletionStage<String> stage(String key, CompletionStage<String> work) {
      return work;
    }

    private CompletableFuture<String> recoverStage(String key, CompletionStage<String> work) {
      return CompletableFuture.completedFuture("recovered " + key);
    }

    @ConflictGuarded(recover = "recoverArray")
    public int[] array(String... keys) throws Exception {
      throw new SQLException("m", "23505");
    }

    private int[] recoverArray(ConflictException conflict, String... keys) {
      return new int[] {keys.length};
    }

    private static void fail(Exception failure) throws Exception {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Has methods that fit nothing. */
  public static class Unfit {

    @ConflictGuarded(recover = "other")
    public String save(int n) {
      return "saved";
    }

    private String other(long n) {
      return "other";
    }
  }

  /** Names itself. */
  public static class Itself {

    @ConflictGuarded(recover = "save")
    public String save(int n) {
      return "saved";
    }
  }

  /** Names a method that is not static. */
  public static class OfObject {

    @ConflictGuarded(recover = "other")
    public static String save(int n) {
      return "saved";
    }

    private String other(int n) {
      return "other";
    }
  }
}
