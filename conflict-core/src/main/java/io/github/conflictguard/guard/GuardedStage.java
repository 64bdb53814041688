package io.github.conflictguard.guard;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The completion of guarded asynchronous work: a conflict is reported as a {@link
 * ConflictException}, and the lock is released when the work has ended, before dependent stages
 * run. Cancelling and completing this stage are passed on to the work.
 *
 * <p>Thread-safe.
 */
final class GuardedStage<T> extends CompletableFuture<T> {

  private final CompletionStage<T> work;
  private final @Nullable Recovery recovery;

  private GuardedStage(CompletionStage<T> work, @Nullable Recovery recovery) {
    this.work = work;
    this.recovery = recovery;
  }

  /**
   * Tracks work that continues after a method has returned.
   *
   * @param held the lock of the method, owned by this thread; null for none. It is released here if
   *     tracking fails
   * @param recovery replaces failed work; null for none
   */
  static <T> CompletionStage<T> of(
      CompletionStage<T> work,
      GuardPolicy policy,
      GuardLocks.@Nullable Held held,
      @Nullable Recovery recovery) {
    GuardLocks.Later later = held == null ? null : held.leaveLater();
    boolean follows = false;
    try {
      boolean isOff = CurrentCheck.isOff();
      if (!isOff && work.getClass() != CompletableFuture.class && !(work instanceof GuardedStage)) {
        CompletionStage<T> next = successor(work, policy, later, recovery);
        follows = true;
        return next;
      }
      GuardedStage<T> guarded = isOff ? null : new GuardedStage<>(work, recovery);
      if (guarded != null || later != null) {
        work.whenComplete(
            (result, thrown) -> {
              if (later != null) {
                later.leave();
              }
              if (guarded != null) {
                guarded.end(result, thrown, policy);
              }
            });
      }
      follows = true;
      return guarded == null ? work : guarded;
    } finally {
      if (!follows && later != null) {
        later.leave();
      }
    }
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
    if (later != null) {
      // A dependent stage that is cancelled is not called when the work ends.
      work.whenComplete((result, thrown) -> later.leave());
    }
    CompletionStage<T> next =
        recovery == null
            ? work.handle((result, thrown) -> ended(result, thrown, policy, later))
            : work.handle((result, thrown) -> recovered(result, thrown, policy, later, recovery))
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
    if (later != null) {
      later.leave();
    }
    if (thrown == null) {
      return result;
    }
    Throwable left = translated(thrown, policy);
    throw left instanceof CompletionException
        ? (CompletionException) left
        : new CompletionException(left);
  }

  private static <T> CompletionStage<T> recovered(
      T result,
      @Nullable Throwable thrown,
      GuardPolicy policy,
      GuardLocks.@Nullable Later later,
      Recovery recovery) {
    if (later != null) {
      later.leave();
    }
    CompletionStage<T> instead = thrown == null ? null : instead(thrown, policy, recovery);
    return instead == null
        ? CompletableFuture.completedFuture(ended(result, thrown, policy, null))
        : instead;
  }

  /** Returns the result of a recover method for a failure; null if it does not handle that. */
  @SuppressWarnings("unchecked")
  private static <T> @Nullable CompletionStage<T> instead(
      Throwable thrown, GuardPolicy policy, Recovery recovery) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
    Throwable left = new FailureHandling(policy).translate(cause == null ? thrown : cause);
    Recovery.Recovered recovered = recovery.from(left, policy);
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

  /** Releases the lock when the work has ended, or at once if tracking it fails. */
  static void release(CompletionStage<?> work, GuardLocks.@Nullable Held held) {
    if (held == null) {
      return;
    }
    GuardLocks.Later later = held.leaveLater();
    boolean follows = false;
    try {
      work.whenComplete((result, thrown) -> later.leave());
      follows = true;
    } finally {
      if (!follows) {
        later.leave();
      }
    }
  }

  /** Translates a failure of the work. Dependent stages receive failures wrapped. */
  private static Throwable translated(Throwable thrown, GuardPolicy policy) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
    Throwable failure = cause == null ? thrown : cause;
    Throwable translated = new FailureHandling(policy).translate(failure);
    return translated == failure ? thrown : translated;
  }

  private void end(T result, @Nullable Throwable thrown, GuardPolicy policy) {
    // Completed by the caller of the guarded method: there is no result to recover.
    CompletionStage<T> instead =
        thrown == null || recovery == null || isDone() ? null : instead(thrown, policy, recovery);
    if (instead != null) {
      instead.whenComplete(
          (other, failure) -> {
            if (failure == null) {
              super.complete(other);
            } else {
              super.completeExceptionally(failure);
            }
          });
    } else if (thrown == null) {
      super.complete(result);
    } else {
      super.completeExceptionally(translated(thrown, policy));
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
    if (work instanceof CompletableFuture) {
      change.accept((CompletableFuture<T>) work);
    }
  }
}
