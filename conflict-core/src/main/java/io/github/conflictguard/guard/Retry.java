package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number and timing of further attempts of a guarded method, after a transient conflict or
 * after those that {@link #on()} and {@link #onException()} name, see {@link
 * ConflictGuarded#retry()}. Weaving fails if a value is out of range.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Retry {

  /**
   * The maximum number of attempts, including the first; 1 to 100. Default: 3. 1 means no retry.
   */
  int attempts() default 3;

  /**
   * The wait before the second attempt, in milliseconds, 0 or more; doubled for each further
   * attempt. Default: 50.
   */
  long backoffMillis() default 50;

  /**
   * The maximum wait between two attempts, in milliseconds; {@link #backoffMillis()} or more.
   * Default: 1000.
   */
  long maxBackoffMillis() default 1000;

  /**
   * The random share of each wait, from 0 (none) to 1 (any value from no wait to the full wait), so
   * that colliding requests do not collide again. Default: 0.5, any value from half of the wait to
   * the full wait.
   */
  double jitter() default 0.5;

  /**
   * The maximum total time of waits and further attempts, in milliseconds, 0 or more; measured from
   * the failure of the first attempt. Default: 5000. A wait that would end later is not started; a
   * running attempt is not interrupted. Takes precedence over {@link #attempts()}.
   */
  long budgetMillis() default 5000;

  /**
   * The kinds after which the body runs again. Default: the transient ones, {@code locked} and
   * {@code transient}; if this or {@link #onException()} is set, only those named.
   *
   * <p>{@link ConflictKind#STALE_VERSION} is suitable for a body that reads the current state,
   * changes and stores it. If an argument carries the stale state, the body fails again in the same
   * way; the weaver warns about arguments that may.
   */
  ConflictKind[] on() default {};

  /**
   * Exceptions after which the body runs again, including subclasses, and also if one is the cause
   * of the thrown exception. They need not be conflicts: in that case the last one is rethrown
   * unchanged. Default: none.
   */
  Class<? extends Throwable>[] onException() default {};
}
