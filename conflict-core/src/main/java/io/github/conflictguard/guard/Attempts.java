package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.count.RetryCounts;
import io.github.conflictguard.transaction.Transactions;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one invocation of guarded code, tracked from its first failure on. Before a
 * failure there is no state, and no clock is read.
 *
 * <p>Not thread-safe.
 */
final class Attempts {

  private static final Logger LOG = Logger.getLogger(Attempts.class.getName());

  private final PolicyValues policy;
  private final FailureHandling handling;
  private final String code;
  private final Timing timing;
  private final BooleanSupplier inTransaction;
  private final Object[] arguments;
  private final long begunAt;
  private long firstFailed;
  private int failures;
  private String cause = "-";
  private @Nullable Throwable outcome;

  /** Creates the state for code without arguments, before that code runs. */
  Attempts(GuardPolicy policy, String code, Timing timing, BooleanSupplier inTransaction) {
    this(policy, code, timing, inTransaction, new Object[0], CurrentCheck.now());
  }

  /**
   * Creates the state, at the first failure at the latest.
   *
   * @param code the code to repeat, see {@link RepeatCheck#mayRepeat}
   * @param arguments the arguments that each attempt receives
   * @param begunAt the time {@link RepeatCheck#now()} when the code began
   */
  private Attempts(
      GuardPolicy policy,
      String code,
      Timing timing,
      BooleanSupplier inTransaction,
      Object[] arguments,
      long begunAt) {
    this.policy = policy.values;
    this.handling = new FailureHandling(policy);
    this.code = code;
    this.timing = timing;
    this.inTransaction = inTransaction;
    this.arguments = arguments;
    this.begunAt = begunAt;
  }

  static Attempts of(GuardPolicy policy, String code) {
    return new Attempts(policy, code, Timing.REAL, Transactions::isActive);
  }

  static Attempts of(GuardPolicy policy, Object[] arguments, long begunAt) {
    return new Attempts(
        policy, policy.values.handler, Timing.REAL, Transactions::isActive, arguments, begunAt);
  }

  /**
   * Decides how to proceed after a failure, and waits if the code is to run again.
   *
   * @param monitor the object whose monitor a synchronized method would hold; null for none
   * @return the throwable that the guarded code should throw; null if it is to run again
   */
  @Nullable Throwable failed(Throwable thrown, @Nullable Object monitor) {
    outcome = judge(thrown, monitor);
    return outcome;
  }

  /** Returns the most recent result of {@link #failed}. */
  @Nullable Throwable outcome() {
    return outcome;
  }

  private @Nullable Throwable judge(Throwable thrown, @Nullable Object monitor) {
    if (thrown instanceof Error || policy.off || CurrentCheck.isOff()) {
      return thrown;
    }
    failures++;
    if (failures == 1 && policy.attempts > 1) {
      firstFailed = timing.nanos();
    }
    Conflict conflict = ConflictGuard.conflictIn(thrown);
    if (policy.attempts == 1
        || !handling.repeats(thrown, conflict)
        || ConflictException.hasUsedUpRetries(thrown, begunAt)) {
      return left(thrown, conflict, "");
    }
    if (failures >= policy.attempts) {
      return usedUp(thrown, conflict);
    }
    String obstacle = obstacle(monitor);
    if (obstacle != null) {
      return refused(thrown, conflict, obstacle);
    }
    long wait = nextWait();
    long spent = TimeUnit.NANOSECONDS.toMillis(timing.nanos() - firstFailed);
    if (wait > policy.budgetMillis - spent) {
      return usedUp(thrown, conflict);
    }
    try {
      timing.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(thrown, conflict, "interrupted while waiting");
    }
    // Other threads may have changed the state during the wait.
    String since = CurrentCheck.obstacle(code, begunAt);
    if (since != null) {
      return refused(thrown, conflict, since);
    }
    CurrentCheck.discardOutput(begunAt);
    LOG.log(
        Level.FINE,
        "{0}: {1} after attempt {2}; again after {3} ms",
        new Object[] {policy.handler, nameOf(thrown, conflict), failures, wait});
    counts().repeated();
    tell("REPEATED", thrown, conflict);
    return null;
  }

  /** Returns why the code must not run again although attempts are left; null if it may. */
  private @Nullable String obstacle(@Nullable Object monitor) {
    if (Thread.currentThread().isInterrupted()) {
      return "the thread is interrupted";
    }
    if (monitor != null && Thread.holdsLock(monitor)) {
      return "the monitor is held, which others would wait for";
    }
    String inRequest = CurrentCheck.obstacle(code, begunAt);
    if (inRequest != null) {
      return inRequest;
    }
    Object exhausted = OnceOnly.among(arguments);
    if (exhausted != null) {
      return "an argument can be read only once (" + exhausted.getClass().getName() + ")";
    }
    return inTransaction.getAsBoolean() ? "a transaction is active" : null;
  }

  private Throwable usedUp(Throwable thrown, @Nullable Conflict conflict) {
    Throwable left = left(thrown, conflict, "; attempts: " + failures);
    if (left != thrown && left instanceof ConflictException) {
      ((ConflictException) left).useUpRetries();
    } else {
      ConflictException.useUpRetries(left);
    }
    counts().givenUp();
    tell("GIVEN_UP", thrown, conflict);
    return left;
  }

  private Throwable left(Throwable thrown, @Nullable Conflict conflict, String remark) {
    handling.tellIfUntranslated(thrown, conflict);
    return handling.translate(thrown, conflict, remark);
  }

  private static String nameOf(Throwable thrown, @Nullable Conflict conflict) {
    return conflict == null ? thrown.getClass().getName() : conflict.kind().code();
  }

  private RetryCounts counts() {
    return RetryCounts.of(policy.handler);
  }

  /** Records that the code has eventually returned. */
  void succeeded() {
    counts().succeeded();
    CurrentCheck.attempted(policy.handler, cause, failures, "SUCCEEDED");
  }

  private void tell(String result, Throwable thrown, @Nullable Conflict conflict) {
    cause = nameOf(thrown, conflict);
    CurrentCheck.attempted(policy.handler, cause, failures, result);
  }

  /**
   * Translates a failure that must not be repeated. It is not marked as used up: an outer guard
   * that is not subject to the obstacle may still repeat.
   */
  private Throwable refused(Throwable thrown, @Nullable Conflict conflict, String obstacle) {
    LOG.log(
        Level.FINE,
        "{0}: {1} is not repeated: {2}",
        new Object[] {policy.handler, nameOf(thrown, conflict), obstacle});
    return left(thrown, conflict, "; not repeated: " + obstacle);
  }

  private long nextWait() {
    double grown = (double) policy.backoffMillis * Math.pow(2, failures - 1);
    double whole = Math.min(grown, (double) policy.maxBackoffMillis);
    return Math.round(whole * (1 - policy.jitter * timing.chance()));
  }
}
