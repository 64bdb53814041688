package io.github.conflictguard.guard;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The completion of guarded asynchronous work: a conflict is reported as a {@link
 * ConflictException}, and the lock is released when the work has ended, before dependent stages
 * run. Cancelling and completing this stage are passed on to the work, or to the work that takes
 * its place. A stage that its caller has completed has no failure to recover from.
 *
 * <p>Thread-safe.
 */
final class GuardedStage<T> extends CompletableFuture<T> {

  private final @Nullable Recovery recovery;

  /** The work; after a failure, the stage that the recover method has returned. */
  private volatile CompletionStage<T> work;

  private GuardedStage(CompletionStage<T> work, @Nullable Recovery recovery) {
    this.work = work;
    this.recovery = recovery;
  }

  /**
   * Tracks work that continues after a method has returned.
   *
   * @param later releases the lock of the method; null for none. The caller releases it if this
   *     method throws
   * @param recovery replaces failed work; null for none
   */
  static <T> CompletionStage<T> of(
      CompletionStage<T> work,
      GuardPolicy policy,
      GuardLocks.@Nullable Later later,
      @Nullable Recovery recovery) {
    boolean isOff = CurrentCheck.isOff();
    if (!isOff && work.getClass() != CompletableFuture.class && !(work instanceof GuardedStage)) {
      return successor(work, policy, later, recovery);
    }
    GuardedStage<T> guarded = isOff ? null : new GuardedStage<>(work, recovery);
    if (guarded != null || later != null) {
      work.whenComplete(
          (result, thrown) -> {
            try {
              leave(later);
            } finally {
              if (guarded != null) {
                guarded.end(result, thrown, policy);
              }
            }
          });
    }
    return guarded == null ? work : guarded;
  }

  /**
   * Creates the dependent stage through a third-party stage itself, so that it keeps the context
   * and the executor of a container.
   *
   * @return the work itself if the dependent stage cannot replace it
   */
  private static <T> CompletionStage<T> successor(
      CompletionStage<T> work,
      GuardPolicy policy,
      GuardLocks.@Nullable Later later,
      @Nullable Recovery recovery) {
    // A dependent stage that is cancelled is not called when the work ends.
    release(work, later);
    AtomicBoolean completed = new AtomicBoolean();
    CompletionStage<T> next =
        recovery == null
            ? work.handle((result, thrown) -> ended(result, thrown, policy, later))
            : work.handle(
                    (result, thrown) -> {
                      leave(later);
                      return recovered(result, thrown, policy, completed.get() ? null : recovery);
                    })
                .thenCompose(stage -> stage);
    if (!(work instanceof CompletableFuture)) {
      return next;
    }
    if (!(next instanceof CompletableFuture)) {
      return work;
    }
    CompletableFuture<T> own = (CompletableFuture<T>) work;
    next.whenComplete(
        (result, thrown) -> {
          completed.set(true);
          // Completed from outside, or cancelled.
          if (own.isDone()) {
            return;
          }
          if (thrown instanceof CancellationException) {
            own.cancel(true);
          } else if (thrown == null) {
            own.complete(result);
          } else {
            own.completeExceptionally(thrown);
          }
        });
    return next;
  }

  private static <T> T ended(
      T result, @Nullable Throwable thrown, GuardPolicy policy, GuardLocks.@Nullable Later later) {
    leave(later);
    if (thrown == null) {
      return result;
    }
    Throwable left = translated(thrown, policy);
    throw left instanceof CompletionException
        ? (CompletionException) left
        : new CompletionException(left);
  }

  private static <T> CompletionStage<T> recovered(
      T result, @Nullable Throwable thrown, GuardPolicy policy, @Nullable Recovery recovery) {
    CompletionStage<T> instead =
        thrown == null || recovery == null ? null : instead(thrown, policy, recovery);
    return instead == null
        ? CompletableFuture.completedFuture(ended(result, thrown, policy, null))
        : instead;
  }

  /** Returns the result of a recover method for a failure; null if it does not handle that. */
  @SuppressWarnings("unchecked")
  private static <T> @Nullable CompletionStage<T> instead(
      Throwable thrown, GuardPolicy policy, Recovery recovery) {
    Recovery.Recovered recovered = null;
    try {
      recovered = recovery.from(new FailureHandling(policy).translate(causeOf(thrown)), policy);
    } catch (RuntimeException | LinkageError e) {
      // The failure of the work must not be lost.
    }
    if (recovered == null) {
      return null;
    }
    if (recovered.thrown == null && recovered.result != null) {
      return (CompletionStage<T>) recovered.result;
    }
    CompletableFuture<T> failed = new CompletableFuture<>();
    if (recovered.thrown == null) {
      failed.completeExceptionally(
          new NullPointerException(
              policy.values.recover + " has returned null in place of a stage"));
    } else {
      failed.completeExceptionally(recovered.thrown);
    }
    return failed;
  }

  /**
   * Releases the lock when the work has ended.
   *
   * @param later null for none. The caller releases it if this method throws
   */
  static void release(CompletionStage<?> work, GuardLocks.@Nullable Later later) {
    if (later != null) {
      work.whenComplete((result, thrown) -> later.leave());
    }
  }

  private static void leave(GuardLocks.@Nullable Later later) {
    if (later != null) {
      later.leave();
    }
  }

  /**
   * Translates a failure of the work. Dependent stages receive failures wrapped.
   *
   * @return the failure itself if translating fails: the stage has to be completed
   */
  private static Throwable translated(Throwable thrown, GuardPolicy policy) {
    try {
      Throwable failure = causeOf(thrown);
      Throwable translated = new FailureHandling(policy).translate(failure);
      return translated == failure ? thrown : translated;
    } catch (RuntimeException | Error e) {
      return thrown;
    }
  }

  private static Throwable causeOf(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
    return cause == null ? thrown : cause;
  }

  private void end(T result, @Nullable Throwable thrown, GuardPolicy policy) {
    if (thrown == null) {
      super.complete(result);
      return;
    }
    boolean follows = false;
    try {
      CompletionStage<T> instead =
          recovery == null || isDone() ? null : instead(thrown, policy, recovery);
      if (instead != null) {
        work = instead;
        instead.whenComplete(this::endInstead);
        follows = true;
        if (isCancelled() && instead instanceof CompletableFuture) {
          // Cancelled before the other work was known here.
          ((CompletableFuture<T>) instead).cancel(true);
        }
      }
    } finally {
      if (!follows) {
        super.completeExceptionally(translated(thrown, policy));
      }
    }
  }

  private void endInstead(T result, @Nullable Throwable thrown) {
    if (thrown == null) {
      super.complete(result);
    } else {
      super.completeExceptionally(thrown);
    }
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
    CompletionStage<T> current = work;
    if (current instanceof CompletableFuture) {
      change.accept((CompletableFuture<T>) current);
    }
  }
}
