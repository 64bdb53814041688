package io.github.conflictguard.guard;

import io.github.conflictguard.classify.ConflictClassifiers;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.recorder.Recordings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The guard for those who do not weave, and what {@code ConflictFilter} asks.
 *
 * <p>Asks the application's own classifiers too, see {@link ConflictClassifiers#ofApplication()}.
 *
 * <p>Safe for use by several threads.
 */
public final class ConflictGuard {

  private static final ConflictClassifier CLASSIFIER = ConflictClassifiers.ofApplication();

  private static final String CALL = ConflictGuard.class.getName() + "#call";
  private static final Object[] NO_ARGUMENTS = {};

  private ConflictGuard() {}

  /**
   * What has to leave a guarded method in place of what its body threw.
   *
   * @return a {@link ConflictException} for a conflict; otherwise the very same instance, also when
   *     it already is one of this package's exceptions
   */
  public static Throwable translate(Throwable thrown) {
    return GuardPolicy.plain().translate(thrown);
  }

  /**
   * The kind of conflict that a throwable, or what it wraps, reports.
   *
   * @return null when it is no conflict; always so for an {@link Error}
   */
  public static @Nullable ConflictKind kindOf(Throwable thrown) {
    return CLASSIFIER.classify(thrown);
  }

  /**
   * The conflict that a throwable, or what it wraps, reports, with the violated constraint where
   * that is known.
   *
   * @return null when it is no conflict; always so for an {@link Error}
   */
  public static @Nullable Conflict conflictIn(Throwable thrown) {
    return CLASSIFIER.conflictIn(thrown);
  }

  /**
   * Does work under a guard with {@link GuardPolicy#plain()}.
   *
   * @return what the work returns
   * @throws ConflictException in place of what the work threw, for a conflict; it is unchecked
   * @throws X if the work throws it and it is no conflict, as the same instance; so does every
   *     unchecked exception and error
   */
  public static <T, X extends Exception> T call(GuardedCall<T, X> work) throws X {
    return call(GuardPolicy.plain(), work);
  }

  /**
   * Does work under a guard, the same way as a method that is woven for {@link ConflictGuarded}:
   * for those who do not weave. The work may run several times if the policy says so.
   *
   * <p>Nobody can know here which monitors the caller holds: do not ask for retries inside of a
   * synchronized block, where others would wait as well.
   *
   * @return what the work returns
   * @throws ConflictException in place of what the work threw, for a conflict; whatever else the
   *     work throws leaves as the same instance
   */
  public static <T, X extends Exception> T call(GuardPolicy policy, GuardedCall<T, X> work)
      throws X {
    GuardPolicy current = GuardOverrides.of(policy);
    return call(work, current, Attempts.of(current, CALL));
  }

  /**
   * Does work as {@link #call(GuardPolicy, GuardedCall)} does, and recovers from a conflict that
   * would leave it: also where the lock was not to be had, and after the last attempt. The lock has
   * been given back by then. Work that goes on when it has returned a stage is not recovered from.
   *
   * @return what the work returns, or the recovery in its place
   * @throws X if the work or the recovery throws it
   */
  public static <T, X extends Exception> T call(
      GuardPolicy policy,
      GuardedCall<T, X> work,
      GuardedRecovery<? extends T, ? extends X> recovery)
      throws X {
    try {
      return call(policy, work);
    } catch (Exception left) {
      Throwable failure = GuardOverrides.of(policy).failureToRecoverFrom(left);
      if (!(failure instanceof ConflictException)) {
        throw left;
      }
      T recovered = recovery.recover((ConflictException) failure);
      Recordings.stored();
      return recovered;
    }
  }

  /**
   * Does work without a result, as {@link #call(GuardedCall)} does, and throws what that throws.
   */
  public static <X extends Exception> void run(GuardedRun<X> work) throws X {
    run(GuardPolicy.plain(), work);
  }

  /**
   * Does work without a result, as {@link #call(GuardPolicy, GuardedCall)} does, and throws what
   * that throws.
   */
  public static <X extends Exception> void run(GuardPolicy policy, GuardedRun<X> work) throws X {
    ConflictGuard.<Boolean, X>call(
        policy,
        () -> {
          work.run();
          return true;
        });
  }

  static <T, X extends Exception> T call(
      GuardedCall<T, X> work, GuardPolicy policy, Attempts attempts) throws X {
    if (policy.attempts() > 1) {
      WovenGuard.begin();
    }
    Object entered = GuardLocks.OF_APPLICATION.enter(policy, null, NO_ARGUMENTS);
    if (entered instanceof Throwable) {
      throw ConflictGuard.<X>unchecked((Throwable) entered);
    }
    try {
      boolean failed = false;
      while (true) {
        T result;
        try {
          result = work.call();
        } catch (Throwable thrown) {
          failed = true;
          Throwable outcome = attempts.failed(thrown, null);
          if (outcome != null) {
            throw ConflictGuard.<X>unchecked(outcome);
          }
          continue;
        }
        if (failed) {
          WovenGuard.overcome(attempts);
        }
        if (result instanceof CompletionStage) {
          Object left = entered;
          entered = null;
          return followed(result, policy, left);
        }
        return result;
      }
    } finally {
      WovenGuard.leave(entered);
    }
  }

  /**
   * Keeps the lock until asynchronous work has ended. Its conflicts are translated where another
   * object may take the place of the result: not for classes of others that implement the stage.
   */
  @SuppressWarnings("unchecked")
  private static <T> T followed(T result, GuardPolicy policy, @Nullable Object entered) {
    GuardLocks.Held held = entered instanceof GuardLocks.Held ? (GuardLocks.Held) entered : null;
    try {
      if (result.getClass() == CompletableFuture.class) {
        return (T) GuardedStage.of((CompletionStage<?>) result, policy, held, null);
      }
      GuardedStage.release((CompletionStage<?>) result, held);
    } catch (RuntimeException | LinkageError e) {
      return result; // A stage that cannot be followed is the application's all the same.
    }
    return result;
  }

  /**
   * Throws what the work has thrown: something that it may throw, or something unchecked.
   *
   * @return never; for a throw that shows the compiler where the way ends
   */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> RuntimeException unchecked(Throwable thrown) throws X {
    // A bound of Exception would be a cast to it, and an Error fail there.
    throw (X) thrown;
  }
}
