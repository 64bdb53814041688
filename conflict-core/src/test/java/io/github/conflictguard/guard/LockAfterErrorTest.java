package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever ends a method, its key is free afterwards. */
class LockAfterErrorTest {

  private static final GuardPolicy LOCK =
      GuardPolicy.builder().handler("a#b()").lock("deep").lockTimeoutMillis(0).build();

  @AfterEach
  void nothingIsLocked() {
    assertEquals(0, GuardLocks.OF_APPLICATION.size());
  }

  /** Each time at another depth, so that it happens everywhere. */
  @RepeatedTest(200)
  void anOverflowOfTheStackLeavesNoLock(RepetitionInfo repetition) throws Exception {
    onSmallStack(
        () ->
            assertThrows(StackOverflowError.class, () -> down(repetition.getCurrentRepetition())));
  }

  @RepeatedTest(200)
  void anOverflowAboveALockThatIsTakenAtEveryDepthLeavesNoLock(RepetitionInfo repetition)
      throws Exception {
    onSmallStack(
        () ->
            assertThrows(
                StackOverflowError.class, () -> lockedDown(repetition.getCurrentRepetition())));
  }

  @Test
  void aFullMemoryLeavesNoLockAndIsTheSameError() {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    assertSame(
        full,
        assertThrows(
            OutOfMemoryError.class,
            () ->
                ConflictGuard.call(
                    LOCK,
                    () -> {
                      throw full;
                    })));
    Object entered = WovenGuard.enter(LOCK.toString(), null, new Object[0]);
    assertSame(
        full,
        WovenGuard.failedUnderLock(entered, null, full, LOCK.toString(), null, 0, new Object[0]));
  }

  private static long down(int pad) {
    return pad > 0 ? down(pad - 1) + 1 : ConflictGuard.call(LOCK, () -> endless(1));
  }

  private static long lockedDown(int pad) {
    return pad > 0 ? lockedDown(pad - 1) + 1 : lockedEndless();
  }

  private static long lockedEndless() {
    return ConflictGuard.call(LOCK, () -> lockedEndless() + 1);
  }

  private static long endless(long n) {
    return endless(n + 1) + 1;
  }

  private static void onSmallStack(Runnable work) throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, work, "small", 256 * 1024);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    if (failure.get() != null) {
      throw new InvocationTargetException(failure.get());
    }
  }
}
