package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous work whose stage does not follow the contract. */
class GuardedStageTest {

  private static final GuardPolicy LOCK =
      GuardPolicy.builder().handler("a#b()").lock("stage").lockTimeoutMillis(0).build();

  @AfterEach
  void nothingIsLocked() {
    assertEquals(0, GuardLocks.OF_APPLICATION.size());
  }

  @Test
  void stageThatCannotBeFollowedLeavesNoLockInAWovenMethod() {
    Object entered = WovenGuard.enter(LOCK.toString(), null, new Object[0]);
    assertInstanceOf(GuardLocks.Held.class, entered);
    Unfollowed work = new Unfollowed(false);
    assertSame(work, WovenGuard.completing(work, entered, LOCK.toString()));
  }

  @Test
  void stageThatCannotBeFollowedLeavesNoLockInACall() {
    Unfollowed work = new Unfollowed(false);
    assertSame(work, ConflictGuard.call(LOCK, () -> work));
  }

  @Test
  void lockIsGivenBackOnceWhereTheStageEndsAndFails() {
    Unfollowed work = new Unfollowed(true);
    Object outer = WovenGuard.enter(LOCK.toString(), null, new Object[0]);
    Object inner = WovenGuard.enter(LOCK.toString(), null, new Object[0]);
    WovenGuard.completing(work, inner, LOCK.toString());
    assertEquals(1, GuardLocks.OF_APPLICATION.size());
    CompletableFuture<String> later = new CompletableFuture<>();
    WovenGuard.completing(later, outer, LOCK.toString());
    assertEquals(1, GuardLocks.OF_APPLICATION.size());
    later.complete("done");
  }

  @Test
  void futureOfAContainerIsFollowedByOneOfItsOwn() {
    OfContainer<String> work = new OfContainer<>();
    CompletableFuture<?> guarded = following(work);
    assertInstanceOf(OfContainer.class, guarded);
    assertEquals(1, GuardLocks.OF_APPLICATION.size());
    SQLException duplicate = new SQLException("duplicate", "23505");
    work.completeExceptionally(duplicate);
    Throwable left = assertThrows(CompletionException.class, guarded::join).getCause();
    assertSame(duplicate, assertInstanceOf(ConflictException.class, left).getCause());
  }

  @Test
  void resultOfAFutureOfAContainerArrives() {
    OfContainer<String> work = new OfContainer<>();
    CompletableFuture<?> guarded = following(work);
    work.complete("done");
    assertEquals("done", guarded.join());
  }

  @Test
  void cancellingReachesTheFutureOfAContainer() {
    OfContainer<String> work = new OfContainer<>();
    CompletableFuture<?> guarded = following(work);
    guarded.cancel(true);
    assertTrue(work.isCancelled());
    assertTrue(guarded.isCancelled());
  }

  private static CompletableFuture<?> following(CompletableFuture<String> work) {
    Object entered = WovenGuard.enter(LOCK.toString(), null, new Object[0]);
    return assertInstanceOf(
        CompletableFuture.class, WovenGuard.completing(work, entered, LOCK.toString()));
  }

  /** As the executors of Jakarta Concurrency make them. */
  private static final class OfContainer<T> extends CompletableFuture<T> {

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new OfContainer<>();
    }
  }

  /** Refuses to be followed, in each way. */
  private static final class Unfollowed extends CompletableFuture<String> {

    private final boolean ends;

    Unfollowed(boolean ends) {
      this.ends = ends;
    }

    @Override
    public CompletableFuture<String> whenComplete(
        BiConsumer<? super String, ? super Throwable> action) {
      if (ends) {
        action.accept("done", null);
      }
      throw new UnsupportedOperationException();
    }

    @Override
    public <U> CompletableFuture<U> handle(
        BiFunction<? super String, Throwable, ? extends U> action) {
      if (ends) {
        action.apply("done", null);
      }
      throw new UnsupportedOperationException();
    }
  }
}
