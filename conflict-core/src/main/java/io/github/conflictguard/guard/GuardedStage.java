package io.github.conflictguard.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The completion of asynchronous work that is guarded: a conflict arrives as a {@link
 * ConflictException}, and the lock is given back when the work has ended, before what depends on it
 * begins. Cancelling and completing it reach the work itself.
 *
 * <p>Safe for use by several threads.
 */
final class GuardedStage<T> extends CompletableFuture<T> {

  private final CompletionStage<T> work;

  private GuardedStage(CompletionStage<T> work) {
    this.work = work;
  }

  /**
   * Follows work that goes on when a method has returned.
   *
   * @param held the lock of the method, which this thread has; null for none
   */
  static <T> CompletionStage<T> of(
      CompletionStage<T> work, GuardPolicy policy, GuardLocks.@Nullable Held held) {
    if (CurrentCheck.isOff()) {
      release(work, held);
      return work;
    }
    GuardedStage<T> guarded = new GuardedStage<>(work);
    GuardLocks.Later later = held == null ? null : held.leaveLater();
    work.whenComplete(
        (result, thrown) -> {
          if (later != null) {
            later.leave();
          }
          if (thrown == null) {
            guarded.completeHere(result);
          } else {
            guarded.failHere(translated(thrown, policy));
          }
        });
    return guarded;
  }

  /** Only gives the lock back when the work has ended. */
  static void release(CompletionStage<?> work, GuardLocks.@Nullable Held held) {
    if (held != null) {
      GuardLocks.Later later = held.leaveLater();
      work.whenComplete((result, thrown) -> later.leave());
    }
  }

  /** What depends on other stages gets their failures wrapped. */
  private static Throwable translated(Throwable thrown, GuardPolicy policy) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
    Throwable failure = cause == null ? thrown : cause;
    Throwable translated = policy.translate(failure);
    return translated == failure ? thrown : translated;
  }

  private void completeHere(T result) {
    super.complete(result);
  }

  private void failHere(Throwable thrown) {
    super.completeExceptionally(thrown);
  }

  @Override
  public boolean complete(T value) {
    boolean completed = super.complete(value);
    passOn(future -> future.complete(value));
    return completed;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean completed = super.completeExceptionally(failure);
    passOn(future -> future.completeExceptionally(failure));
    return completed;
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean cancelled = super.cancel(mayInterrupt);
    passOn(future -> future.cancel(mayInterrupt));
    return cancelled;
  }

  private void passOn(Consumer<CompletableFuture<T>> change) {
    if (work instanceof CompletableFuture) {
      change.accept((CompletableFuture<T>) work);
    }
  }
}
