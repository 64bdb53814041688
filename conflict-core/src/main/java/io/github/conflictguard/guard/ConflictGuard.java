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
 * The programmatic form of the guard, for code that is not woven, and the classification that
 * {@code ConflictFilter} uses.
 *
 * <p>Classifiers of the application are consulted as well, see {@link
 * ConflictClassifiers#ofApplication()}.
 *
 * <p>Thread-safe.
 */
public final class ConflictGuard {

  private static final ConflictClassifier CLASSIFIER = ConflictClassifiers.ofApplication();

  private static final String CALL = ConflictGuard.class.getName() + "#call";
  private static final Object[] NO_ARGUMENTS = {};

  private ConflictGuard() {}

  /**
   * Translates a throwable into the one that the guarded method should throw.
   *
   * @return a {@link ConflictException} for a conflict; otherwise the same instance, also if it
   *     already is one of this package's exceptions
   */
  public static Throwable translate(Throwable thrown) {
    return new FailureHandling(GuardPolicy.plain()).translate(thrown);
  }

  /**
   * Returns the kind of conflict that a throwable, or one that it wraps, reports.
   *
   * @return null if it is not a conflict; always null for an {@link Error}
   */
  public static @Nullable ConflictKind kindOf(Throwable thrown) {
    return CLASSIFIER.classify(thrown);
  }

  /**
   * Returns the conflict that a throwable, or one that it wraps, reports, with the violated
   * constraint if available.
   *
   * @return null if it is not a conflict; always null for an {@link Error}
   */
  public static @Nullable Conflict conflictIn(Throwable thrown) {
    return CLASSIFIER.conflictIn(thrown);
  }

  /**
   * Runs the work under a guard with {@link GuardPolicy#plain()}.
   *
   * @return the result of the work
   * @throws ConflictException (unchecked) in place of the original throwable, for a conflict
   * @throws X if the work throws it and it is not a conflict, as the same instance; the same holds
   *     for unchecked exceptions and errors
   */
  public static <T, X extends Exception> T call(GuardedCall<T, X> work) throws X {
    return call(GuardPolicy.plain(), work);
  }

  /**
   * Runs the work under a guard, in the same way as a method that is woven for {@link
   * ConflictGuarded}. The work may run several times if the policy allows it.
   *
   * <p>The monitors that the caller holds cannot be determined here: do not enable retries inside a
   * synchronized block, because other threads would wait as well.
   *
   * @return the result of the work
   * @throws ConflictException in place of the original throwable, for a conflict; any other
   *     throwable is rethrown as the same instance
   */
  public static <T, X extends Exception> T call(GuardPolicy policy, GuardedCall<T, X> work)
      throws X {
    GuardPolicy current = GuardOverrides.of(policy);
    return call(work, current, Attempts.of(current, CALL));
  }

  /**
   * Runs the work as {@link #call(GuardPolicy, GuardedCall)} does, and calls the recovery in place
   * of throwing a conflict, including the case that the lock could not be acquired, and after the
   * last attempt. The lock has been released by then. Failures of asynchronous work, after a stage
   * was returned, are not recovered from.
   *
   * @return the result of the work, or of the recovery
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
      Throwable failure = new FailureHandling(GuardOverrides.of(policy)).failureToRecoverFrom(left);
      if (!(failure instanceof ConflictException)) {
        throw left;
      }
      RecoveryReport report = new RecoveryReport(policy.handler(), failure, CurrentCheck.get());
      T recovered;
      try {
        recovered = recovery.recover((ConflictException) failure);
      } catch (Throwable thrown) {
        report.returned(null, thrown);
        throw thrown;
      }
      Recordings.stored();
      report.returned(recovered, null);
      return recovered;
    }
  }

  /**
   * Runs work without a result, as {@link #call(GuardedCall)} does, and throws the same exceptions.
   */
  public static <X extends Exception> void run(GuardedRun<X> work) throws X {
    run(GuardPolicy.plain(), work);
  }

  /**
   * Runs work without a result, as {@link #call(GuardPolicy, GuardedCall)} does, and throws the
   * same exceptions.
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
   * Holds the lock until asynchronous work has ended. Its conflicts are translated if the result
   * can be replaced by another object, which is not so for third-party implementations of the
   * stage.
   */
  @SuppressWarnings("unchecked")
  private static <T> T followed(T result, GuardPolicy policy, @Nullable Object entered) {
    GuardLocks.Later later = null;
    try {
      later = entered instanceof GuardLocks.Held ? ((GuardLocks.Held) entered).leaveLater() : null;
      if (result.getClass() == CompletableFuture.class) {
        return (T) GuardedStage.of((CompletionStage<?>) result, policy, later, null);
      }
      GuardedStage.release((CompletionStage<?>) result, later);
    } catch (Throwable e) {
      // If the stage cannot be tracked, the application still gets it.
      if (later != null) {
        later.leave();
      }
    }
    return result;
  }

  /**
   * Throws the throwable of the work, which is either declared or unchecked.
   *
   * @return never; the type lets callers write a throw statement for the compiler's flow analysis
   */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> RuntimeException unchecked(Throwable thrown) throws X {
    // With the bound Exception this would be a cast, which fails for an Error.
    throw (X) thrown;
  }
}
