package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous work whose stage does not follow the contract. */
class GuardedStageTest {

  private static final GuardPolicy LOCK =
      GuardPolicy.builder().handler("a#b()").lock("stage").lockTimeoutMillis(0).build();

  private static final String RECOVER =
      GuardPolicy.builder().handler("a#b()").recover("recover").build().toString();

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

  @Test
  void futureThatItsCallerCompletesIsNotRecoveredFrom() throws Exception {
    SQLException duplicate = new SQLException("duplicate", "23505");
    for (CompletableFuture<String> work :
        List.of(new CompletableFuture<String>(), new OfContainer<String>())) {
      AtomicInteger recovered = new AtomicInteger();
      CompletableFuture<?> guarded = recovering(work, recovered);
      guarded.completeExceptionally(duplicate);
      assertSame(duplicate, assertThrows(CompletionException.class, guarded::join).getCause());
      assertTrue(work.isCompletedExceptionally());
      assertEquals(0, recovered.get());
    }
  }

  @Test
  void successorsOfAFutureThatItsCallerCompletesAreNotRecoveredFrom() throws Exception {
    SQLException duplicate = new SQLException("duplicate", "23505");
    for (CompletableFuture<String> work :
        List.of(new CompletableFuture<String>(), new OfContainer<String>())) {
      AtomicInteger recovered = new AtomicInteger();
      CompletableFuture<?> inner = recovering(work, recovered);
      CompletableFuture<?> outer = recovering(inner, recovered);
      outer.completeExceptionally(duplicate);
      assertSame(duplicate, assertThrows(CompletionException.class, outer::join).getCause());
      assertEquals(0, recovered.get());
    }
  }

  @Test
  void workThatFailsIsRecoveredFromOnceWhoeverFollows() throws Exception {
    for (CompletableFuture<String> work :
        List.of(new CompletableFuture<String>(), new OfContainer<String>())) {
      AtomicInteger recovered = new AtomicInteger();
      CompletableFuture<?> inner = recovering(work, recovered);
      CompletableFuture<?> outer = recovering(inner, recovered);
      work.completeExceptionally(new SQLException("duplicate", "23505"));
      assertEquals("recovered", outer.join());
      assertEquals("recovered", inner.join());
      assertEquals(1, recovered.get());
    }
  }

  @Test
  void cancellingReachesTheWorkThatTakesThePlaceOfFailedWork() throws Exception {
    CompletableFuture<String> instead = new CompletableFuture<>();
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<?> guarded = recovering(work, instead, new AtomicInteger());
    work.completeExceptionally(new SQLException("duplicate", "23505"));
    guarded.cancel(true);
    assertTrue(instead.isCancelled());
  }

  private static CompletableFuture<?> recovering(CompletableFuture<?> work, AtomicInteger counted)
      throws Exception {
    return recovering(work, CompletableFuture.completedFuture("recovered"), counted);
  }

  private static CompletableFuture<?> recovering(
      CompletableFuture<?> work, CompletableFuture<String> instead, AtomicInteger counted)
      throws Exception {
    MethodHandle method =
        MethodHandles.lookup()
            .findStatic(
                GuardedStageTest.class,
                "recover",
                MethodType.methodType(
                    CompletableFuture.class, CompletableFuture.class, AtomicInteger.class));
    return assertInstanceOf(
        CompletableFuture.class,
        WovenGuard.completing(
            work, null, RECOVER, method, Recovery.NOWHERE, null, new Object[] {instead, counted}));
  }

  @SuppressWarnings("unused") // Called by its handle.
  private static CompletableFuture<String> recover(
      CompletableFuture<String> instead, AtomicInteger counted) {
    counted.incrementAndGet();
    return instead;
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
